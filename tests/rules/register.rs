//! What holds for every rule in the register.

use std::collections::BTreeSet;

use gamma_ok::check::{explain, rules};
use gamma_ok::diag::{Code, RuleGroup, Severity};
use gamma_ok::language::Interface;

use crate::fixture::{cut, findings, fixtures, root, shown};

#[test]
fn codes_are_unique_slugs() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(codes.len(), Code::ALL.len());
    for code in codes {
        assert!(code.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())), "{code}");
    }
}

#[test]
fn groups_stand_together() {
    assert!(Code::ALL.is_sorted_by_key(|code| code.group()));
}

#[test]
fn every_rule_is_documented() {
    assert!(rules().map(|rule| rule.code).eq(Code::ALL.iter().copied()), "each code has its documentation, once");
    for rule in rules() {
        let code = rule.code.word();
        assert!(rule.summary.len() > 20 && !rule.summary.ends_with('.') && !rule.summary.contains('\n'), "{code}");
        assert!(rule.why.len() > 40 && rule.why.ends_with('.'), "{code}");
        assert!(!rule.bad.is_empty() && !rule.good.is_empty() && rule.bad != rule.good, "{code}");
        let text = explain(rule.code, Interface::english());
        assert!(text.contains(code) && text.contains(rule.why), "{code}");
        assert_ne!(rule.code.severity(), Severity::Off, "{code}");
        let is_fixed = rule.code.group() == RuleGroup::Structure && rule.code.severity() == Severity::Error;
        assert_ne!(rule.code.is_optional(), is_fixed, "{code}");
    }
}

#[test]
fn every_rule_has_a_fixture_that_fires_and_a_silent_twin() {
    let without = |name: &str| {
        Code::ALL.iter().map(|code| code.word()).filter(|code| fixtures(code, name).is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(without("bad"), Vec::<&str>::new(), "no bad fixture");
    assert_eq!(without("good"), Vec::<&str>::new(), "no good fixture");
}

#[test]
fn every_folder_of_fixtures_is_of_a_rule() {
    for entry in std::fs::read_dir(root()).expect("the fixtures").flatten() {
        let name = entry.file_name();
        assert!(Code::named(&name.to_string_lossy()).is_some(), "{}", entry.path().display());
    }
}

/// A sequence with one finding of a rule that can be changed.
const DRAFT: &str = "
id: s
phases:
  - id: p
    traits: [friendly]
    waive:
      - why: Only the draft matters here.
    standards:
      - id: one
        trait: friendly
        type: personal
        level: basic
        text: The porter says the guest's surname at the door.
        status: draft
";

fn found(book: &str) -> Vec<String> {
    let loaded = gamma_ok::book::load(&gamma_ok::source::Memory::new(cut(book))).expect("a manifest");
    findings(&loaded).iter().map(|finding| shown(&loaded, finding)).collect()
}

#[test]
fn the_manifest_sets_the_severity() {
    let with = |rules: &str| found(&format!("{DRAFT}# file: gamma-ok.yaml\ntitle: T\n{rules}\n"));
    assert!(matches!(with("").as_slice(), [one] if one.contains("note[draft-standard]")));
    assert!(
        matches!(with("rules: {draft-standard: error}").as_slice(), [one] if one.contains("error[draft-standard]"))
    );
    assert!(with("rules: {draft-standard: off}").is_empty());
    assert!(with("allow: [draft-standard]").is_empty());
}

#[test]
fn an_entry_may_break_a_rule_by_its_allow() {
    let at = |indent: &str, after: &str| DRAFT.replace(after, &format!("{after}{indent}allow: [draft-standard]\n"));
    assert!(found(&at("        ", "        status: draft\n")).is_empty(), "on the standard");
    assert!(found(&at("    ", "    traits: [friendly]\n")).is_empty(), "on the phase");
    assert!(found(&at("", "id: s\n")).is_empty(), "on the sequence");
    let other =
        DRAFT.replace("phases:\n", "phases:\n  - id: before\n    traits: [prompt]\n    allow: [draft-standard]\n");
    assert_eq!(found(&other).iter().filter(|one| one.contains("draft-standard")).count(), 1, "on another phase");
}

#[test]
fn findings_come_in_the_order_of_places() {
    let loaded = gamma_ok::book::load(&gamma_ok::source::Memory::new(cut(
        "id: s\nphases:\n  - id: p\n    setps: 1\n  - id: q\n  - id: r\n    tratis: [friendly]\n",
    )))
    .expect("a manifest");
    let found = findings(&loaded);
    assert!(found.len() > 2 && found.is_sorted_by_key(|finding| finding.span));
}
