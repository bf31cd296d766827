//! Writes the English texts of all figures into one file, which is compiled into the program.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new("../../www/content/en");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut texts = fs::read_to_string(folder.join("texts.txt"))?;
    for chapter in fs::read_dir(folder)? {
        let path = chapter?.path().join("texts.txt");
        if path.is_file() {
            texts.push('\n');
            texts.push_str(&fs::read_to_string(path)?);
        }
    }
    let to = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&to).join("texts.txt"), texts)
}
