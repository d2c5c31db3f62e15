//! The wording rules against a corpus of good and bad standards in every language.
//!
//! The good sentences were written before the word lists, so that they test them; a rule that nags
//! at one of them is narrowed, the sentence stays.

use std::collections::BTreeSet;

use gamma_ok::book::StandardType;
use gamma_ok::check::wording::{Hit, Statement, WordListLanguage};
use gamma_ok::check::{rule, text_rules};

/// One line of a corpus file.
struct Line<'a> {
    number: usize,
    kind: StandardType,
    measure: bool,
    codes: BTreeSet<&'a str>,
    text: &'a str,
}

/// A corpus in one language: its good standards and its bad ones.
type Corpus = (WordListLanguage, &'static str, &'static str);

macro_rules! corpus {
    ($folder:literal) => {
        [
            (
                WordListLanguage::En,
                include_str!(concat!("../corpus/", $folder, "good.en.txt")),
                include_str!(concat!("../corpus/", $folder, "bad.en.txt")),
            ),
            (
                WordListLanguage::Pl,
                include_str!(concat!("../corpus/", $folder, "good.pl.txt")),
                include_str!(concat!("../corpus/", $folder, "bad.pl.txt")),
            ),
            (
                WordListLanguage::Sv,
                include_str!(concat!("../corpus/", $folder, "good.sv.txt")),
                include_str!(concat!("../corpus/", $folder, "bad.sv.txt")),
            ),
        ]
    };
}

/// What the lists were made with.
const CORPUS: [Corpus; 3] = corpus!("");

/// Hard ones, from trades that the library does not have, that the lists were widened with.
const TRADES: [Corpus; 3] = corpus!("trades/");

/// Hard ones from other trades again, which measure the lists and never mend them.
const HELD_OUT: [Corpus; 3] = corpus!("held-out/");

/// The rules that judge one text.
fn rules() -> impl Iterator<Item = (&'static str, fn(&Statement<'_>) -> Vec<Hit>)> {
    text_rules().map(|(code, check)| (code.word(), check))
}

/// Nouns of roles as the manifest of a book would give them.
fn staff(language: WordListLanguage) -> Vec<String> {
    let nouns = match language {
        WordListLanguage::En => {
            "receptionist porter concierge attendant cleaner nurse doctor assistant lawyer bookkeeper secretary caretaker cashier clerk manager"
        }
        WordListLanguage::Pl => {
            "recepcjonista recepcjonistka portier konsjerż pokojowa rejestratorka pielęgniarka lekarz asystentka prawnik księgowa sekretarka woźny kasjer kasjerka sprzedawca urzędnik kierownik"
        }
        WordListLanguage::Sv => {
            "receptionisten portiern conciergen städaren sköterskan läkaren assistenten juristen skolsekreteraren vaktmästaren kassören säljaren handläggaren chefen"
        }
    };
    nouns.split(' ').map(str::to_owned).collect()
}

fn lines(corpus: &str, bad: bool) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (index, line) in corpus.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut parts: Vec<&str> = line.split('|').collect();
        let text = parts.pop().expect("text");
        let codes = if bad { parts.pop().expect("codes").split(',').collect() } else { BTreeSet::new() };
        let kind = match parts[0] {
            "personal" => StandardType::Personal,
            "product" => StandardType::Product,
            "procedural" => StandardType::Procedural,
            other => panic!("line {}: kind {other}", index + 1),
        };
        let measure = match parts[1..] {
            [] => false,
            ["measure"] => true,
            _ => panic!("line {}: too many parts", index + 1),
        };
        lines.push(Line { number: index + 1, kind, measure, codes, text });
    }
    lines
}

/// The codes that fire on a line, with what they found.
fn found(line: &Line<'_>, language: WordListLanguage, staff: &[String]) -> Vec<(&'static str, String)> {
    let statement = Statement::new(line.text, language, line.kind, line.measure, staff);
    let mut found = Vec::new();
    for (code, check) in rules() {
        for hit in check(&statement) {
            assert!(
                line.text.get(hit.range.clone()).is_some_and(|t| !t.is_empty()),
                "{code}: {:?} in {}",
                hit.range,
                line.text
            );
            found.push((code, format!("{} [{}]", hit.message, &line.text[hit.range])));
        }
    }
    found
}

#[test]
fn good_standards_are_left_alone() {
    let mut alarms = Vec::new();
    for (language, good, _) in CORPUS.into_iter().chain(TRADES) {
        let staff = staff(language);
        let lines = lines(good, false);
        assert!(lines.len() >= 60, "{language:?}: {} good standards", lines.len());
        for line in lines {
            for (code, message) in found(&line, language, &staff) {
                alarms.push(format!("good {language:?}:{}: {code}: {message}: {}", line.number, line.text));
            }
        }
    }
    assert!(alarms.is_empty(), "{} false alarms:\n{}", alarms.len(), alarms.join("\n"));
}

#[test]
fn bad_standards_are_found() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (language, _, bad) in CORPUS.into_iter().chain(TRADES) {
        let staff = staff(language);
        let lines = lines(bad, true);
        assert!(lines.len() >= 30, "{language:?}: {} bad standards", lines.len());
        for line in lines {
            let found = found(&line, language, &staff);
            let codes: BTreeSet<&str> = found.iter().map(|(code, _)| *code).collect();
            seen.extend(line.codes.iter().map(|code| (language as usize, *code)));
            if codes != line.codes {
                wrong.push(format!(
                    "bad {language:?}:{}: expected {:?}, found {found:?}: {}",
                    line.number, line.codes, line.text
                ));
            }
        }
    }
    for (language, ..) in CORPUS {
        for (code, _) in rules() {
            assert!(seen.contains(&(language as usize, code)), "{language:?}: no bad standard for {code}");
        }
    }
    assert!(wrong.is_empty(), "{} surprises:\n{}", wrong.len(), wrong.join("\n"));
}

/// Of hard bad standards that no list was mended for, three in four are found; of the good ones beside them, one in a
/// hundred at most is found fault with.
#[test]
#[expect(clippy::disallowed_macros, reason = "how many were missed is worth reading when nothing fails too")]
fn unseen_standards_are_judged_right() {
    for (language, good, bad) in HELD_OUT {
        let staff = staff(language);
        let (good, bad) = (lines(good, false), lines(bad, true));
        let is_found = |line: &&Line<'_>| !found(line, language, &staff).is_empty();
        let missed: Vec<&str> = bad.iter().filter(|line| !is_found(line)).map(|line| line.text).collect();
        let alarms: Vec<&str> = good.iter().filter(is_found).map(|line| line.text).collect();
        println!("{language:?}: {} of {} missed, {} of {} alarms", missed.len(), bad.len(), alarms.len(), good.len());
        assert!(missed.len() * 4 <= bad.len(), "{language:?}: {} missed:\n{}", missed.len(), missed.join("\n"));
        assert!(alarms.len() <= 1, "{language:?}: {} alarms:\n{}", alarms.len(), alarms.join("\n"));
    }
}

/// What `explain` shows is true: the rule finds fault with its bad example, in every language, and with the good one no rule does.
#[test]
fn the_examples_of_the_documentation_are_examples() {
    for (code, check) in text_rules() {
        let rule = rule(code).expect("its documentation");
        let mut languages = 0;
        for line in rule.bad.lines().filter_map(example) {
            let staff = staff(line.0);
            let statement = Statement::new(line.1, line.0, StandardType::Procedural, false, &staff);
            assert!(!check(&statement).is_empty(), "{}: {}", rule.code, line.1);
            languages += 1;
        }
        assert!(languages > 0, "{}", rule.code);
        for (language, text) in rule.good.lines().filter_map(example) {
            let staff = staff(language);
            let statement = Statement::new(text, language, StandardType::Procedural, false, &staff);
            for (code, check) in rules() {
                assert_eq!(check(&statement), Vec::new(), "{} for {code}: {text}", rule.code);
            }
        }
    }
}

/// `  en: A sentence.`
fn example(line: &str) -> Option<(WordListLanguage, &str)> {
    let (tag, text) = line.trim().split_once(": ")?;
    Some((WordListLanguage::for_tag(tag)?, text))
}
