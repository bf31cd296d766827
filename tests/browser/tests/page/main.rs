//! smoke
use browser::{Browser, Outcome, Site};
#[test]
fn smoke() -> Outcome {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let site = Site::open(&dist, 0)?;
    let b = Browser::open(1280, 900)?;
    b.go(&site.address())?;
    let t: String = b.wait("return document.querySelector('divergence-figure[ready]')?.name", &[])?;
    println!("{t} {:?}", b.log("browser")?);
    println!("{:?}", b.log("performance")?.len());
    Ok(())
}
