//! How long it takes to load a year's audits and to report on them, and how that grows.
//!
//! `cargo bench --bench audits` runs it. `GAMMA_OK_WRITE_BOOK=DIR cargo bench --bench audits` writes the book with its
//! records to a folder instead, for timing the command: `audit report --format json`.

#![allow(clippy::disallowed_methods, reason = "writes a generated book where it is told to")]

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generator;

use divan::{Bencher, black_box};
use gamma_ok::audit::figures::{RecordSelection, Selection, figures};
use gamma_ok::audit::{Audits, load};
use gamma_ok::book::{Loaded, load as load_book};
use gamma_ok::edition::{Editions, Filter};
use gamma_ok::method::{Standards, standards};
use gamma_ok::source::Memory;
use generator::Size;

/// Records, of 200 answers each: a tenth of the promised size, and the promised size. Time should grow tenfold.
const ROUNDS: [(&str, usize); 2] = [("100,000", 500), ("1,000,000", 5_000)];

/// A thousand standards.
const BOOK: Size = Size { files: 10, phases: 10, standards: 10 };

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::var_os("GAMMA_OK_WRITE_BOOK") else {
        divan::main();
        return Ok(());
    };
    for (path, text) in files(5_000) {
        let path = std::path::Path::new(&folder).join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn files(rounds: usize) -> Vec<(String, String)> {
    let mut files = generator::book(BOOK);
    files.extend((0..rounds).map(|round| (format!("audits/{round:04}.yaml"), generator::record(BOOK, round))));
    files
}

fn world(name: &str) -> Memory {
    let rounds = ROUNDS.iter().find(|(known, _)| *known == name).map_or(0, |(_, rounds)| *rounds);
    Memory::new(files(rounds))
}

fn opened(world: &Memory) -> (Loaded, Standards) {
    let loaded = load_book(world).expect("the generated book has a manifest");
    let standards = standards(&loaded.book);
    (loaded, standards)
}

fn audits(world: &Memory, loaded: &mut Loaded, standards: &Standards) -> Audits {
    load(world, &mut loaded.sources, &loaded.book, standards, &Editions::default())
}

#[divan::bench(args = ROUNDS.map(|(name, _)| name), sample_count = 5)]
fn read_and_judge(bencher: Bencher, size: &str) {
    let world = world(size);
    bencher.bench_local(|| {
        let (mut loaded, standards) = opened(&world);
        black_box(audits(&world, &mut loaded, &standards))
    });
}

#[divan::bench(args = ROUNDS.map(|(name, _)| name), sample_count = 5)]
fn report(bencher: Bencher, size: &str) {
    let world = world(size);
    let (mut loaded, standards) = opened(&world);
    let audits = audits(&world, &mut loaded, &standards);
    let filter = Filter::default();
    let wanted = RecordSelection { site: None, filter: &filter, from: None, to: None, staff: true };
    bencher.bench_local(|| {
        let selection = Selection::of(&loaded.book, &standards, &audits, wanted);
        black_box(figures(&loaded.book, &standards, &audits, &selection))
    });
}
