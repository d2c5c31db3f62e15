//! What must hold whatever somebody gives to the program: the properties of `fuzz/src`, on the seeds of the fuzzer and on
//! damaged copies of them. Ten million inputs each are run by hand, as `CONTRIBUTING.md` says; here are a few hundred.

#[path = "../../fuzz/src/lib.rs"]
mod held;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

/// The seeds of a property, and what was found by one and mended since.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("seeds").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a seed")).collect()
}

/// Something that is put in the place of a stretch of an input.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words =
        include_str!("../../fuzz/words.dict").lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    let words: Vec<&str> = words.filter(|word| !word.contains('\\')).collect();
    prop_oneof![
        4 => prop::sample::select(words).prop_map(|word| word.as_bytes().to_vec()),
        2 => prop::sample::select(vec!["\u{feff}", "\r\n", "\t", "\0", "\u{202e}", "\u{a0}", "😀", "\n\n", "\"", "'", "|", "[["])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ]
}

fn holds_for_damaged(name: &str, held: fn(&[u8]), cases: u32) {
    let seeds = seeds(name);
    seeds.iter().for_each(|seed| held(seed));
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let damage = prop::collection::vec((0.0..1.0f64, 0usize..40, piece()), 1..5);
    let input = (any::<prop::sample::Index>(), damage).prop_map(move |(which, damage)| {
        let mut input = which.get(&seeds).clone();
        for (place, length, piece) in damage {
            let start = (place * input.len() as f64) as usize;
            let end = (start + length).min(input.len());
            input.splice(start..end, piece);
        }
        input
    });
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let tried = runner.run(&input, |input| {
        held(&input);
        Ok(())
    });
    if let Err(error) = tried {
        panic!("{name}: {error}");
    }
}

/// A test of each property, with the number of damaged inputs that it is tried on here.
macro_rules! tried {
    ($($name:ident: $cases:literal;)*) => {
        $(#[test]
        fn $name() {
            holds_for_damaged(stringify!($name), held::$name, $cases);
        })*
    };
}

tried! {
    reader: 30;
    forms: 100;
    feedback: 60;
    expressions: 100;
    markdown: 10;
    stamps: 60;
}

#[test]
fn readers_alone() {
    for (name, alone) in [
        ("reader", held::parts::yaml as fn(&[u8])),
        ("forms", held::parts::form),
        ("expressions", held::parts::condition),
        ("markdown", held::parts::chapter),
    ] {
        holds_for_damaged(name, alone, 200);
    }
}

#[test]
fn of_the_fuzzers_inputs_some_go_the_whole_way() {
    static WHOLE: AtomicUsize = AtomicUsize::new(0);
    let tried = |inputs: std::ops::Range<u32>| {
        let before = WHOLE.load(Ordering::Relaxed);
        for input in inputs {
            held::parts::mostly(&input.to_le_bytes(), |_| (), |_| _ = WHOLE.fetch_add(1, Ordering::Relaxed));
        }
        WHOLE.load(Ordering::Relaxed) - before
    };
    let whole = tried(0..25_600);
    assert!((50..200).contains(&whole), "{whole} of 25,600");
    assert_eq!(tried(0..25_600), whole, "the same inputs go the same way");
}
