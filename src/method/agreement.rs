//! Words that follow the noun beside them: articles by its gender or first sound, Polish *z* and *w* by its first sound.

use minijinja::value::Rest;
use minijinja::{Error, ErrorKind, Value};

use crate::book::GENDER;

/// Under this name a noun's value holds its first form with the article of its language.
const ARTICLE: &str = "article";

/// What a noun's value holds beside its forms, for the filters below: its gender, and its first form with the article.
pub(super) fn beside(language: &str, word: &str, gender: Option<&str>) -> [(&'static str, String); 2] {
    let article = match language {
        "en" if sounds_open(word) => "an ",
        "en" => "a ",
        "sv" if gender == Some("neuter") => "ett ",
        "sv" => "en ",
        _ => "",
    };
    [(GENDER, gender.unwrap_or_default().to_owned()), (ARTICLE, format!("{article}{word}"))]
}

/// Whether an English word begins with a vowel to the ear.
fn sounds_open(word: &str) -> bool {
    let word = word.to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
    let is_open = begins(&["a", "e", "i", "o", "u"]) && !begins(&["eu", "one", "once", "uni", "use", "usu", "ut"]);
    is_open || begins(&["heir", "honest", "honour", "hour"])
}

/// Filter `a`: a noun with its indefinite article, `{{ customer | a }}`: *an applicant*, *ett ombud*.
pub(super) fn a(noun: Value) -> Result<Value, Error> {
    part(&noun, ARTICLE)
}

/// Filter `agree`: of words for each gender the one that goes with the noun: `{{ customer | agree("en ny", "ett nytt") }}`.
/// Two are for masculine, feminine or common nouns and for neuter ones; three are masculine, feminine, neuter.
pub(super) fn agree(noun: Value, words: Rest<String>) -> Result<String, Error> {
    let gender = part(&noun, GENDER)?;
    let place = match (gender.as_str().unwrap_or_default(), words.len()) {
        ("neuter", n @ 2..) => n - 1,
        ("feminine", 3..) => 1,
        _ => 0,
    };
    words.get(place).cloned().ok_or_else(|| ErrorKind::MissingArgument.into())
}

fn part(noun: &Value, name: &str) -> Result<Value, Error> {
    let part = noun.get_attr(name)?;
    if part.is_undefined() { Err(ErrorKind::InvalidOperation.into()) } else { Ok(part) }
}

/// Filter `z`: a Polish word after *z*, which is *ze* before sounds that would not come off the tongue: *ze studentem*.
pub(super) fn z(word: String) -> String {
    let is_hard = clusters(&word, &['s', 'z', 'ś', 'ź', 'ż'])
        || begins(&word, &["ws", "wz", "wś", "mn", "lw", "ls", "łz", "ćm", "dźw"]);
    format!("{} {word}", if is_hard { "ze" } else { "z" })
}

/// Filter `w`: a Polish word after *w*, which is *we* before *w* or *f* with another consonant: *we wniosku*.
pub(super) fn w(word: String) -> String {
    let is_hard = clusters(&word, &['w', 'f']) || begins(&word, &["mn", "lw", "łz"]);
    format!("{} {word}", if is_hard { "we" } else { "w" })
}

/// Whether a word begins with one of these consonants and another.
fn clusters(word: &str, first: &[char]) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let Some(initial) = letters.next().filter(|letter| first.contains(letter)) else { return false };
    let mut next = letters.next();
    // Two letters for one sound.
    if initial == 's' && next == Some('z') {
        next = letters.next();
    }
    next.is_some_and(|letter| letter.is_alphabetic() && !"aąeęioóuy".contains(letter))
}

fn begins(word: &str, starts: &[&str]) -> bool {
    let word = word.to_lowercase();
    starts.iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_prepositions_follow_the_first_sound() {
        let with =
            ["klientem", "studentem", "gościem", "szefem", "szpitalem", "siostrą", "wnioskodawcą", "wspólnikiem"];
        let with = with.map(|word| z(word.to_owned()));
        let right = ["z klientem", "ze studentem", "z gościem", "z szefem", "ze szpitalem", "z siostrą"];
        assert_eq!(with[..6], right);
        assert_eq!(with[6..], ["z wnioskodawcą", "ze wspólnikiem"]);
        let inside = ["wniosku", "wodzie", "fragmencie", "filmie", "kliencie"].map(|word| w(word.to_owned()));
        assert_eq!(inside, ["we wniosku", "w wodzie", "we fragmencie", "w filmie", "w kliencie"]);
    }

    #[test]
    fn articles_follow_the_first_sound_or_the_gender() {
        let article = |language: &str, word: &str, gender: Option<&str>| beside(language, word, gender)[1].1.clone();
        assert_eq!(article("en", "guest", None), "a guest");
        assert_eq!(article("en", "applicant", None), "an applicant");
        assert_eq!(article("en", "user", None), "a user");
        assert_eq!(article("en", "heir", None), "an heir");
        assert_eq!(article("sv", "gäst", None), "en gäst");
        assert_eq!(article("sv", "ombud", Some("neuter")), "ett ombud");
        assert_eq!(article("pl", "gość", Some("masculine")), "gość");
    }
}
