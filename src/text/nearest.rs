//! The nearest known word, for "did you mean".

/// The word of `known` that `wrong` most likely stands for, or none that is near enough.
///
/// Distance is Damerau–Levenshtein (transposed letters count once); a third of the word may differ, and one letter of
/// a short word. Ties go to the word that comes first.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(wrong);
    let length = folded.chars().count();
    let allowed = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let word_folded = fold(word);
        // The distance is at least the difference in length; this keeps large registers and hostile files cheap.
        if word_folded.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&folded, &word_folded);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

/// Case, `_` and spaces do not make a word another word.
fn fold(word: &str) -> String {
    word.chars().take(80).flat_map(char::to_lowercase).map(|c| if c == '_' || c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_leaves_strangers_alone() {
        let known = ["standards", "steps", "scenarios"];
        assert_eq!(nearest("standarts", known), Some("standards"));
        assert_eq!(nearest("Steps", known), Some("steps"));
        assert_eq!(nearest("setps", known), Some("steps"));
        assert_eq!(nearest("colour", known), None);
    }
}
