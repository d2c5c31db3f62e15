//! Helpers of the rules' tests.

use super::{Hit, Statement, WordListLanguage};
use crate::book::StandardType;

/// Nouns of staff as the manifest would give them.
fn staff(language: WordListLanguage) -> Vec<String> {
    let nouns = match language {
        WordListLanguage::En => "receptionist,clerk,front-office manager,nurse",
        WordListLanguage::Pl => "recepcjonista,recepcjonistę,kasjer,kierownik recepcji,pielęgniarka",
        WordListLanguage::Sv => "receptionisten,kassören,sköterskan,expediten",
    };
    nouns.split(',').map(str::to_owned).collect()
}

fn found(
    check: fn(&Statement<'_>) -> Vec<Hit>,
    language: WordListLanguage,
    kind: StandardType,
    text: &str,
) -> Vec<String> {
    let staff = staff(language);
    let hits = check(&Statement::new(text, language, kind, false, &staff));
    for hit in &hits {
        assert!(hit.help.as_deref().is_some_and(|h| !h.is_empty()), "{text}: no help");
        assert!(!hit.message.contains("{}"), "{text}: {}", hit.message);
    }
    hits.into_iter().map(|h| text[h.range].to_owned()).collect()
}

/// Requires that `check` finds exactly `expected` in each procedural sentence.
pub fn fires(check: fn(&Statement<'_>) -> Vec<Hit>, language: WordListLanguage, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(found(check, language, StandardType::Procedural, text), [*expected], "{text}");
    }
}

/// Requires that `check` finds nothing in any of the procedural sentences.
pub fn silent(check: fn(&Statement<'_>) -> Vec<Hit>, language: WordListLanguage, texts: &[&str]) {
    for text in texts {
        assert_eq!(found(check, language, StandardType::Procedural, text), [""; 0], "{text}");
    }
}

/// Requires that `check` finds nothing in a product standard.
pub(crate) fn silent_on_product(check: fn(&Statement<'_>) -> Vec<Hit>, language: WordListLanguage, texts: &[&str]) {
    for text in texts {
        assert_eq!(found(check, language, StandardType::Product, text), [""; 0], "{text}");
    }
}
