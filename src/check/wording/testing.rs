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

/// A rule that reads one sentence, and the language of the sentences that it is tried on.
pub struct TestedRule(pub fn(&Statement<'_>) -> Vec<Hit>, pub WordListLanguage);

impl TestedRule {
    /// Requires that the rule finds exactly what is expected in each procedural sentence.
    pub fn fires(&self, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(self.found(StandardType::Procedural, text), [*expected], "{text}");
        }
    }

    /// Requires that the rule finds nothing in any of the procedural sentences.
    pub fn silent(&self, texts: &[&str]) {
        for text in texts {
            assert_eq!(self.found(StandardType::Procedural, text), [""; 0], "{text}");
        }
    }

    /// Requires that the rule finds nothing in a product standard.
    pub fn silent_on_product(&self, texts: &[&str]) {
        for text in texts {
            assert_eq!(self.found(StandardType::Product, text), [""; 0], "{text}");
        }
    }

    fn found(&self, kind: StandardType, text: &str) -> Vec<String> {
        let (check, staff) = (self.0, staff(self.1));
        let hits = check(&Statement::new(text, self.1, kind, false, &staff));
        for hit in &hits {
            assert!(hit.help.as_deref().is_some_and(|help| !help.is_empty()), "{text}: no help");
            assert!(!hit.message.contains("{}"), "{text}: {}", hit.message);
        }
        hits.into_iter().map(|hit| text[hit.range].to_owned()).collect()
    }
}
