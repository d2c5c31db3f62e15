//! The fenced blocks of a page, and what each is there for.

use std::ops::Range;

/// A fenced block.
pub struct Block<'a> {
    /// The words behind its fence.
    words: Vec<&'a str>,
    /// What stands in it.
    pub body: &'a str,
    /// Where that stands in the page.
    pub place: Range<usize>,
    /// Whether nothing but blank lines stands between it and the block before.
    pub follows: bool,
    /// The line of its fence.
    pub line: usize,
}

impl<'a> Block<'a> {
    /// The language that the fence names.
    pub fn language(&self) -> &'a str {
        self.words.first().copied().unwrap_or_default()
    }

    /// Whether a word stands behind the language.
    pub fn is(&self, word: &str) -> bool {
        self.words.iter().skip(1).any(|known| *known == word)
    }

    /// What is set behind the language: `file=PATH`.
    pub fn setting(&self, name: &str) -> Option<&'a str> {
        self.words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

/// The fenced blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(Vec<&str>, usize, usize)> = None;
    let (mut at, mut end) = (0, 0);
    for (number, line) in page.split_inclusive('\n').enumerate() {
        if let Some(fence) = line.trim_end().strip_prefix("```") {
            match open.take() {
                None => open = Some((fence.split_whitespace().collect(), at + line.len(), number + 1)),
                Some((words, start, opened)) => {
                    let head = page[..start].trim_end().rfind('\n').map_or(0, |at| at + 1);
                    let follows = !found.is_empty() && page[end..head].trim().is_empty();
                    found.push(Block { words, body: &page[start..at], place: start..at, follows, line: opened });
                    end = at + line.len();
                }
            }
        }
        at += line.len();
    }
    assert!(open.is_none(), "a block that is not closed");
    found
}

/// The page without what stands in its blocks.
pub fn prose(page: &str) -> String {
    let mut text = page.to_owned();
    for block in blocks(page).iter().rev() {
        text.replace_range(block.place.clone(), "");
    }
    text
}

/// Whether an output is what is shown of it: a line that holds `…` alone stands for any lines, `…` in a line for any text.
pub fn shows(shown: &str, output: &str) -> bool {
    let lines = |text: &str| text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    lines_match(&lines(shown), &lines(output))
}

fn lines_match(shown: &[String], output: &[String]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((any, rest)) if any.trim() == "…" => {
            (0..=output.len()).any(|skipped| lines_match(rest, &output[skipped..]))
        }
        Some((line, rest)) => {
            output.split_first().is_some_and(|(first, others)| line_matches(line, first) && lines_match(rest, others))
        }
    }
}

/// Whether a line is as it is shown.
pub fn line_matches(shown: &str, line: &str) -> bool {
    let Some((start, rest)) = shown.split_once('…') else { return shown == line };
    let Some(mut line) = line.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('…').unwrap_or(("", rest));
    for part in middle.split('…') {
        let Some(at) = line.find(part) else { return false };
        line = &line[at + part.len()..];
    }
    line.ends_with(end)
}

#[test]
fn blocks_are_told_apart() {
    let page = "a\n\n```sh exit=1\nls\n```\n\n```text\nb\n```\nc\n```yaml file=x.yaml\nd\n```\n";
    let found = blocks(page);
    let seen: Vec<_> = found.iter().map(|one| (one.language(), one.body, one.follows, one.line)).collect();
    assert_eq!(seen, [("sh", "ls\n", false, 3), ("text", "b\n", true, 7), ("yaml", "d\n", false, 11)]);
    assert_eq!((found[0].setting("exit"), found[2].setting("file")), (Some("1"), Some("x.yaml")));
    assert!(!prose(page).contains("ls"));
}

#[test]
fn what_is_left_out_stands_for_anything() {
    assert!(shows("a\n…\nd\n", "a\nb\nc\nd\n"));
    assert!(shows("a\n…\n", "a\n"));
    assert!(shows("took … s\n", "took 3 s"));
    assert!(!shows("a\n…\nd\n", "a\nb\n"));
    assert!(!shows("a\n", "a\nb\n"));
    assert!(!shows("ab…ba\n", "aba"));
    assert!(shows("a…c…e\n", "abcde") && shows("…c…\n", "abcde") && !shows("a…x…e\n", "abcde"));
}
