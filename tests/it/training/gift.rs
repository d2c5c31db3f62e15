//! A reader of Moodle GIFT, by the rules of docs.moodle.org (*GIFT format*): blocks between empty lines, comments,
//! `::name::`, a text with its format, answers in braces. It shares nothing with what writes the format.

/// What stands between two empty lines.
#[derive(Clone, Debug)]
pub enum Entry {
    /// The category of what follows.
    Category(String),
    /// A question.
    Question(Question),
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    pub name: String,
    pub text: String,
    pub answers: Answers,
}

/// What is in the braces.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// Whether it is right, and its text.
    Choice(Vec<(bool, String)>),
    /// What belongs together.
    Match(Vec<(String, String)>),
}

/// A character, and whether a backslash stood before it.
type Mark = (char, bool);

/// Reads a file.
pub fn read(text: &str) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            block.push(line);
        } else if !block.is_empty() {
            entries.extend(entry(&block)?);
            block.clear();
        }
    }
    Ok(entries)
}

fn entry(lines: &[&str]) -> Result<Option<Entry>, String> {
    let lines: Vec<&str> = lines.iter().copied().filter(|line| !line.trim_start().starts_with("//")).collect();
    let text = lines.join("\n");
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(path) = text.strip_prefix("$CATEGORY:") {
        return Ok(Some(Entry::Category(path.trim().to_owned())));
    }
    let marks = marks(text);
    let fault = |what: &str| format!("{what}: {text}");
    let rest = strip(&marks, "::").ok_or_else(|| fault("no name"))?;
    let end = find(rest, "::").ok_or_else(|| fault("a name without an end"))?;
    let name = plain(&rest[..end]);
    let rest = &rest[end + 2..];
    let open = rest.iter().position(|mark| *mark == ('{', false)).ok_or_else(|| fault("no answers"))?;
    let close = rest.iter().position(|mark| *mark == ('}', false)).ok_or_else(|| fault("answers without an end"))?;
    if close < open || rest[close + 1..].iter().any(|(c, _)| !c.is_whitespace()) {
        return Err(fault("something beside the answers"));
    }
    let text = formatted(&rest[..open]);
    let inside = &rest[open + 1..close];
    // General feedback is the last thing in the braces.
    let inside = find(inside, "####").map_or(inside, |at| &inside[..at]);
    Ok(Some(Entry::Question(Question { name, text, answers: answers(inside).map_err(|what| fault(&what))? })))
}

fn answers(inside: &[Mark]) -> Result<Answers, String> {
    let is_sign = |mark: &Mark| matches!(mark, ('=' | '~', false));
    let starts: Vec<usize> = (0..inside.len()).filter(|at| is_sign(&inside[*at])).collect();
    if inside[..starts.first().copied().unwrap_or(inside.len())].iter().any(|(c, _)| !c.is_whitespace()) {
        return Err("a text before the first answer".to_owned());
    }
    let ends = starts.iter().skip(1).copied().chain([inside.len()]);
    let parts: Vec<(char, &[Mark])> =
        starts.iter().zip(ends).map(|(start, end)| (inside[*start].0, &inside[start + 1..end])).collect();
    if parts.len() < 2 {
        return Err("fewer than two answers".to_owned());
    }
    if parts.iter().any(|(sign, _)| *sign == '~') {
        let choice = |(sign, part): &(char, &[Mark])| {
            let weighted = plain(part).trim_start().strip_prefix('%').is_some_and(|rest| rest.contains('%'));
            let feedback = part.contains(&('#', false));
            match weighted || feedback {
                true => Err("a weight or feedback that nobody wrote".to_owned()),
                false => Ok((*sign == '=', formatted(part))),
            }
        };
        return Ok(Answers::Choice(parts.iter().map(choice).collect::<Result<_, _>>()?));
    }
    let pair = |(_, part): &(char, &[Mark])| {
        let at = find(part, "->").ok_or("a pair without an arrow")?;
        Ok((formatted(&part[..at]), plain(&part[at + 2..]).trim().to_owned()))
    };
    Ok(Answers::Match(parts.iter().map(pair).collect::<Result<_, String>>()?))
}

/// A text, which may name its format before it.
fn formatted(marks: &[Mark]) -> String {
    let text = plain(marks);
    let text = text.trim();
    let named = ["[html]", "[moodle]", "[plain]", "[markdown]"].iter().find_map(|name| text.strip_prefix(name));
    named.unwrap_or(text).trim().to_owned()
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match letters.peek().copied().filter(|next| c == '\\' && "\\~=#{}:n".contains(*next)) {
            Some(next) => {
                letters.next();
                marks.push((if next == 'n' { '\n' } else { next }, true));
            }
            None => marks.push((c, false)),
        }
    }
    marks
}

fn plain(marks: &[Mark]) -> String {
    marks.iter().map(|(c, _)| c).collect()
}

fn find(marks: &[Mark], sign: &str) -> Option<usize> {
    let sign: Vec<Mark> = sign.chars().map(|c| (c, false)).collect();
    marks.windows(sign.len()).position(|window| window == sign)
}

fn strip<'a>(marks: &'a [Mark], sign: &str) -> Option<&'a [Mark]> {
    (find(marks, sign) == Some(0)).then(|| &marks[sign.len()..])
}

#[test]
fn the_reader_reads_what_the_documentation_shows_and_refuses_what_is_none() {
    let read = |text: &str| super::bank(text).len();
    assert_eq!(
        read("// c\n::Q1::[html]1\\=1?{=yes ~no ####so}\n\n$CATEGORY: a/b\n\n::M::x{=a -> 1 =b -> 2 =c -> 3}\n"),
        3
    );
    for wrong in [
        "no name{=a ~b}",
        "::a::b{=a ~b",
        "::a::b=c",
        "::a::b{=a}",
        "::a::b{=a ~%50%b}",
        "::a::b{=a =b}",
        "::a::b{=a ~b} c{=d ~e}",
    ] {
        assert!(self::read(wrong).is_err(), "{wrong}");
    }
}
