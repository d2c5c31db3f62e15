//! How long each stage takes on a book of 10,000 standards, and how that grows.
//!
//! `cargo bench` runs it. `GAMMA_OK_WRITE_BOOK=DIR cargo bench --bench book` writes the book to a folder instead, for
//! timing whole commands: `check`, `show` and `build` on it.

#![allow(clippy::disallowed_methods, reason = "writes a generated book where it is told to")]

mod generator;

use divan::{Bencher, black_box};
use gamma_ok::book::{Loaded, load};
use gamma_ok::check::check;
use gamma_ok::method::standards;
use gamma_ok::source::Memory;
use generator::Size;
use granit_parser::Parser;
use rayon::prelude::*;

/// A tenth of the promised size, and the promised size: time should grow tenfold.
const SIZES: [(&str, Size); 2] = [("1,000", Size { files: 10, ..Size::TEN_THOUSAND }), ("10,000", Size::TEN_THOUSAND)];

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::var_os("GAMMA_OK_WRITE_BOOK") else {
        divan::main();
        return Ok(());
    };
    for (path, text) in generator::book(Size::TEN_THOUSAND) {
        let path = std::path::Path::new(&folder).join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn world(name: &str) -> Memory {
    let size = SIZES.iter().find(|(known, _)| *known == name).map_or(Size::TEN_THOUSAND, |(_, size)| *size);
    Memory::new(generator::book(size))
}

fn loaded(world: &Memory) -> Loaded {
    load(world).expect("the generated book has a manifest")
}

/// The measure of all: every event that the parser has to tell of the same bytes, on the same cores, and nothing made of it.
#[divan::bench(args = SIZES.map(|(name, _)| name))]
fn parse_alone(bencher: Bencher, size: &str) {
    let size = SIZES.iter().find(|(known, _)| *known == size).map_or(Size::TEN_THOUSAND, |(_, size)| *size);
    let files = generator::book(size);
    bencher.bench_local(|| {
        files.par_iter().map(|(_, text)| Parser::new_from_str(text).filter(Result::is_ok).count()).sum::<usize>()
    });
}

/// All that `check` does but for the disk: to be at most twice [`parse_alone`].
#[divan::bench(args = SIZES.map(|(name, _)| name))]
fn whole_check(bencher: Bencher, size: &str) {
    let world = world(size);
    bencher.bench_local(|| {
        let loaded = loaded(&world);
        let standards = standards(&loaded.book);
        black_box(check(&loaded, &standards))
    });
}

#[divan::bench(args = SIZES.map(|(name, _)| name))]
fn read_and_resolve(bencher: Bencher, size: &str) {
    let world = world(size);
    bencher.bench_local(|| black_box(loaded(&world)));
}

#[divan::bench(args = SIZES.map(|(name, _)| name))]
fn convert(bencher: Bencher, size: &str) {
    let loaded = loaded(&world(size));
    bencher.bench_local(|| black_box(standards(&loaded.book)));
}

#[divan::bench(args = SIZES.map(|(name, _)| name))]
fn check_all_rules(bencher: Bencher, size: &str) {
    let loaded = loaded(&world(size));
    let standards = standards(&loaded.book);
    bencher.bench_local(|| black_box(check(&loaded, &standards)));
}
