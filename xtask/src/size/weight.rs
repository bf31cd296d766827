//! The sizes of files, plain and compressed.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::iter::Sum;
use std::ops::Add;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Outcome;

/// The size of a file, in bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Weight {
    /// Uncompressed.
    pub(crate) plain: usize,
    /// Compressed with gzip.
    pub(crate) gzip: usize,
    /// Compressed with brotli.
    pub(crate) brotli: usize,
}

impl Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            plain: self.plain + other.plain,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

impl Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::default(), Add::add)
    }
}

/// The size of `content`. It is compressed as a static server does in advance, at the highest level.
pub(super) fn weigh(content: &[u8]) -> Outcome<Weight> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content)?;
    let mut brotli = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*content, &mut brotli, &parameters)?;
    Ok(Weight { plain: content.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
}

/// The files of a folder. Each is compressed only once.
pub(super) struct Files {
    folder: PathBuf,
    weighed: BTreeMap<String, Weight>,
}

impl Files {
    /// The files in `folder`.
    pub(super) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), weighed: BTreeMap::new() }
    }

    /// The joint size of the files `names`.
    pub(super) fn sum<'a>(&mut self, names: impl Iterator<Item = &'a String>) -> Outcome<Weight> {
        let mut weights = Vec::new();
        for name in names {
            if !self.weighed.contains_key(name) {
                self.weighed.insert(name.clone(), weigh(&fs::read(self.folder.join(name))?)?);
            }
            weights.push(self.weighed[name]);
        }
        Ok(weights.into_iter().sum())
    }

    /// The name and size of every file that has been weighed.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Weight)> {
        self.weighed.iter().map(|(name, weight)| (name.as_str(), *weight))
    }
}
