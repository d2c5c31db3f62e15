//! `long-statement`: more words than anybody keeps in mind at a desk.

use super::statement::{Hit, Statement};
use crate::diag::{Code, Rule};
use crate::say;
use crate::template;

/// The longest statement that stays silent, in words. Speech in quotation marks is not counted.
pub(crate) const LONGEST: usize = 30;

/// A standard of more than 30 words.
pub static RULE: Rule = Rule {
    code: Code::LongStatement,
    summary: "A standard of more than 30 words",
    why: "At a desk, with the customer waiting, nobody recalls forty words. Who does what by when fits into thirty; \
          reasons belong in `why`, key points in `how`, and words to say in `say`.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist who is on duty at the main desk in the lobby on that day greets each guest who comes in through the front door with a suitcase in the hand or a bag on the shoulder.",
    ),
    good: concat!("text:\n", "  en: The receptionist greets each guest who comes in with luggage.",),
};

/// Finds statements of more than [`LONGEST`] words.
pub(super) fn long_statement(statement: &Statement<'_>) -> Vec<Hit> {
    if statement.len() <= LONGEST {
        return Vec::new();
    }
    // A percent sign is a token, but no word.
    let words = statement
        .tokens()
        .iter()
        .filter(|t| statement.text[t.range.clone()].starts_with(char::is_alphanumeric))
        .count();
    if words <= LONGEST {
        return Vec::new();
    }
    let message = if statement.is_cut() {
        say!("the statement has at least {words} words; at most {longest} are kept in mind", words, longest = LONGEST)
    } else {
        say!("the statement has {words} words; at most {longest} are kept in mind", words, longest = LONGEST)
    };
    let help = template!("keep who does what by when; move reasons to `why` and key points to `how`");
    vec![statement.hit_saying(0, statement.len() - 1, message, help)]
}

#[cfg(test)]
mod tests {
    use super::super::{Statement, WordListLanguage};
    use super::{LONGEST, long_statement};
    use crate::book::StandardType;

    fn fires(language: WordListLanguage, word: &str, count: usize) -> bool {
        let text = vec![word; count].join(" ");
        !long_statement(&Statement::new(&text, language, StandardType::Personal, false, &[])).is_empty()
    }

    #[test]
    fn counts_words_in_every_language() {
        for (language, word) in
            [(WordListLanguage::En, "guest's"), (WordListLanguage::Pl, "gość"), (WordListLanguage::Sv, "gäst")]
        {
            assert!(!fires(language, word, LONGEST));
            assert!(fires(language, word, LONGEST + 1));
        }
    }

    #[test]
    fn speech_is_not_counted() {
        let text = format!("The clerk says “{}”", vec!["very"; 40].join(" "));
        assert!(
            long_statement(&Statement::new(&text, WordListLanguage::En, StandardType::Personal, false, &[])).is_empty()
        );
    }
}
