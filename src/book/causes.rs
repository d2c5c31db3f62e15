//! One cause, one finding: what a single slip makes of all that refers to it.

use std::collections::HashMap;

use super::format_words;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::Sources;
use crate::text::nearest;

/// Keys that define something by which other places refer to it, and the findings on those places where such a key is mistyped.
const DEFINING: &[(&str, &[Code])] = &[
    (
        "id",
        &[
            Code::UnknownSequence,
            Code::UnknownPhase,
            Code::UnknownStep,
            Code::UnknownStandard,
            Code::UnknownTrait,
            Code::UnknownPattern,
            Code::UnknownRole,
            Code::UnknownSite,
            Code::UnknownRecord,
        ],
    ),
    ("phases", &[Code::UnknownPhase, Code::UnknownStep, Code::UnknownStandard, Code::UnknownRecord]),
    ("steps", &[Code::UnknownStep]),
    ("standards", &[Code::UnknownStandard, Code::UnknownRecord]),
    ("traits", &[Code::UnknownTrait, Code::UnknownPattern]),
    ("patterns", &[Code::UnknownPattern]),
    ("roles", &[Code::UnknownRole]),
    ("departments", &[Code::UnknownRole]),
    ("sector", &[Code::UnknownRole]),
    ("languages", &[Code::UnknownLanguage]),
    ("areas", &[Code::UnknownArea, Code::BadFeedback]),
    ("feedback", &[Code::BadFeedback]),
];

/// The findings that follow from a mistyped key, and are not told beside it.
pub(super) fn followed_by(findings: &[Diagnostic], sources: &Sources) -> Vec<Code> {
    let is_of_key = |finding: &&Diagnostic| matches!(finding.code, Code::UnknownKey | Code::InvisibleCharacter);
    let keys = || DEFINING.iter().map(|(key, _)| *key);
    let mut follow = Vec::new();
    for finding in findings.iter().filter(is_of_key).take(MAX_KEYS) {
        let written = crate::text::as_it_looks(sources.slice(finding.span));
        let meant = format_words::meant(&written, keys()).or_else(|| nearest(&written, keys()));
        let codes = DEFINING.iter().find(|(key, _)| Some(*key) == meant).map(|(_, codes)| *codes);
        follow.extend(codes.into_iter().flatten().copied());
    }
    follow
}

/// So many mistyped keys are looked at; a hostile file has a hundred thousand.
const MAX_KEYS: usize = 1_000;

/// So many places may miss the same thing before one of them speaks for all: what they name is mistyped where it is defined.
const MANY: usize = 4;

/// Findings on references of which many name the same thing that nobody defined, as one.
pub(super) fn joined(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut places: HashMap<(Code, String), Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| refers(finding.code)) {
        places.entry((finding.code, finding.message.to_string())).or_default().push(index);
    }
    let mut gone = vec![false; findings.len()];
    for mut same in places.into_values().filter(|same| same.len() >= MANY) {
        same.sort_by_key(|index| findings[*index].span);
        let (first, rest) = (same[0], &same[1..]);
        rest.iter().for_each(|index| gone[*index] = true);
        let next = findings[same[1]].span;
        let finding = &mut findings[first];
        let message = finding.message.clone();
        finding.message = say!(
            rest.len();
            "{message}, and 1 more place names it",
            "{message}, and {n} more places name it",
            message
        );
        finding.related.push(crate::diag::Related { span: next, message: say!("the next place") });
    }
    let mut gone = gone.into_iter();
    findings.retain(|_| !gone.next().unwrap_or_default());
    findings
}

fn refers(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownRole
            | Code::UnknownTrait
            | Code::UnknownStandard
            | Code::UnknownPattern
            | Code::UnknownSite
            | Code::UnknownLanguage
    )
}
