//! The slips of people who write YAML by hand, recognised in the lines around the place where a file stops being YAML. The
//! parser says what it could not read there; the slip often stands a line above, and its cure is another.

mod values;

use std::ops::Range;

use crate::message::Message;
use crate::say;
use crate::text::short;
use values::{colon_look_alike, missing_bracket, value_after_value};

/// What went wrong, where, and how to mend it.
pub(super) struct Slip {
    /// The bytes in the file.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// How to mend it.
    pub help: Message,
}

/// A line with something on it that is neither a comment nor inside a block text.
struct Line<'t> {
    /// The number in the file, from 1.
    number: usize,
    /// Where it begins.
    start: usize,
    /// How many bytes of white space it begins with.
    indent: usize,
    /// What follows, without white space and comments at its end.
    body: &'t str,
}

impl<'t> Line<'t> {
    fn end(&self) -> usize {
        self.start + self.indent + self.body.len()
    }

    fn body_range(&self) -> Range<usize> {
        self.start + self.indent..self.end()
    }

    /// The content behind the marks of list items, and how far in it stands.
    fn content(&self) -> (&'t str, usize) {
        let mut rest = self.body;
        while let Some(after) = rest.strip_prefix("- ") {
            rest = after.trim_start();
        }
        (rest, self.indent + self.body.len() - rest.len())
    }

    fn is_item(&self) -> bool {
        self.body == "-" || self.body.starts_with("- ")
    }

    /// The key that the content begins with.
    fn key(&self) -> Option<&'t str> {
        let (content, _) = self.content();
        let (key, rest) = content.split_once(':')?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(key).filter(|key| !key.contains(['"', '\'', '{', '[']))
    }

    /// Whether its value begins a text of several lines with `|` or `>`.
    fn opens_block_text(&self) -> bool {
        let mark = self.body.rsplit(' ').next().unwrap_or_default();
        let (key, sign) = (self.body.strip_suffix(mark).unwrap_or_default().trim_end(), mark.chars().next());
        (key.ends_with(':') || key.ends_with('-'))
            && matches!(sign, Some('|' | '>'))
            && mark.chars().skip(1).all(|letter| matches!(letter, '+' | '-' | '0'..='9'))
    }
}

/// The slip that made a file unreadable at the byte `fault`, if it is one that is known. `of_depth` says whether the parser
/// stopped because of a line's indentation.
pub(super) fn slip(text: &str, fault: usize, of_depth: bool) -> Option<Slip> {
    let lines = lines(text);
    let at_fault = lines.iter().rposition(|line| line.start <= fault)?;
    // The parser stops at the slip, on the line after it, or on a line before an indentation that it cannot take.
    let near = lines.get(..lines.len().min(at_fault + 2))?;
    let (line, above) = (&lines[at_fault], at_fault.checked_sub(1).map(|above| &lines[above]));
    let here_and_above = || std::iter::once(line).chain(above);
    indentation_that_is_no_space(text, near, &lines)
        .or_else(|| here_and_above().find_map(|line| colon_look_alike(text, line)))
        .or_else(|| here_and_above().find_map(dash_look_alike))
        .or_else(|| here_and_above().find_map(space_after_dash))
        .or_else(|| here_and_above().find_map(space_after_colon))
        .or_else(|| missing_bracket(line))
        .or_else(|| value_after_value(line))
        .or_else(|| quotation_mark(&lines[..=at_fault]))
        .or_else(|| here_and_above().find_map(text_after_bracket))
        .or_else(|| bracket(text, &lines[..=at_fault]))
        .or_else(|| taken_for_text(&lines[..=at_fault], fault))
        .or_else(|| of_depth.then(|| indentation(&lines[..=at_fault])).flatten())
}

/// The lines that count.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let (mut start, mut block): (usize, Option<usize>) = (0, None);
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.trim_end();
        let line = if index == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
        let offset = start + if index == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
        start += whole.len();
        let trimmed = line.trim_start_matches(|letter: char| letter.is_whitespace());
        let indent = line.len() - trimmed.len();
        if trimmed.is_empty() || block.is_some_and(|limit| indent > limit) {
            continue;
        }
        block = None;
        let body = trimmed.find(" #").map_or(trimmed, |comment| trimmed[..comment].trim_end());
        if trimmed.starts_with('#') || body.is_empty() {
            continue;
        }
        let line = Line { number: index + 1, start: offset, indent, body };
        if line.opens_block_text() {
            block = Some(indent);
        }
        lines.push(line);
    }
    lines
}

/// A tab, a no-break space or another thing that looks like a space at the beginning of a line.
fn indentation_that_is_no_space(text: &str, near: &[Line<'_>], all: &[Line<'_>]) -> Option<Slip> {
    let odd = |line: &Line<'_>| {
        let space = text.get(line.start..line.start + line.indent)?;
        space.char_indices().find(|(_, letter)| *letter != ' ')
    };
    let (line, (offset, letter)) = near.iter().find_map(|line| Some((line, odd(line)?)))?;
    let start = line.start + offset;
    let range = start..line.start + line.indent;
    if letter != '\t' {
        let character = crate::text::odd_character(letter.encode_utf8(&mut [0; 4]));
        let character = character.map_or_else(|| format!("U+{:04X}", u32::from(letter)), |odd| odd.described());
        return Some(Slip {
            range,
            message: say!("this line is indented with {character}, which only looks like a space", character),
            help: say!("put ordinary spaces in its place"),
        });
    }
    let others = all.iter().filter(|line| odd(line).is_some_and(|(_, letter)| letter == '\t')).count();
    Some(Slip {
        range,
        message: say!("a tab is used for indentation"),
        help: match others {
            1 => say!("indent with spaces, two a level"),
            _ => say!(
                others;
                "indent with spaces, two a level; 1 line of this file begins with a tab",
                "indent with spaces, two a level; {n} lines of this file begin with a tab"
            ),
        },
    })
}

/// `– id: x`: what a word processor makes of `- `.
fn dash_look_alike(line: &Line<'_>) -> Option<Slip> {
    let mark = line.body.chars().next().filter(|mark| "–—−‐‑‒•●▪◦‣·*".contains(*mark))?;
    line.body[mark.len_utf8()..].starts_with([' ', '\u{a0}']).then(|| Slip {
        range: line.start + line.indent..line.start + line.indent + mark.len_utf8(),
        message: say!("a list item begins with `-`, not with `{mark}`", mark),
        help: say!("type the `-` of the keyboard, and a space"),
    })
}

/// `-id: x`
fn space_after_dash(line: &Line<'_>) -> Option<Slip> {
    let rest =
        line.body.strip_prefix('-').filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_lowercase()))?;
    let start = line.start + line.indent;
    Some(Slip {
        range: start..start + 1,
        message: say!("a space is missing after `-`"),
        help: say!("write `- {rest}`", rest = short(rest)),
    })
}

/// `trait:attentive`
fn space_after_colon(line: &Line<'_>) -> Option<Slip> {
    let (content, indent) = line.content();
    let (key, value) = content.split_once(':')?;
    let is_key = key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_value = value.starts_with(|letter: char| letter.is_alphanumeric() || "\"'[{".contains(letter));
    // A time of day and an address have colons of their own.
    let is_prose = content.contains(": ");
    (is_key && is_value && !is_prose).then(|| Slip {
        range: line.start + indent..line.start + indent + key.len() + 1,
        message: say!("a space is missing after `{key}:`", key),
        help: say!("write `{key}: {value}`", key, value = short(value)),
    })
}

/// A quotation mark that is never closed, or a text that goes on after it.
fn quotation_mark(lines: &[Line<'_>]) -> Option<Slip> {
    let at_fault = lines.len().checked_sub(1)?;
    for line in lines.iter().rev().take(40) {
        let Some((offset, mark)) = opening_quotation_mark(line) else { continue };
        let start = line.start + line.indent + offset;
        let rest = &line.body[offset + 1..];
        let Some(close) = closing_quotation_mark(rest, mark) else {
            return Some(Slip {
                range: start..start + 1,
                message: say!("a quotation mark opens here and is never closed"),
                help: say!("close it at the end of the text, or remove it"),
            });
        };
        let after = rest[close + 1..].trim_start();
        let other = if mark == '"' { '\'' } else { '"' };
        // Up to the mark that ends the line, where somebody closed the text.
        let whole = &line.body[offset + 1..];
        let whole = whole.strip_suffix(mark).unwrap_or(whole);
        let is_apostrophe = mark == '\'' && rest[close + 1..].starts_with(char::is_alphabetic) && !whole.contains('"');
        if is_apostrophe && line.number == lines[at_fault].number {
            return Some(Slip {
                range: start + 1 + close..start + 2 + close,
                message: say!("this apostrophe ends the text that `'` begins"),
                help: say!(
                    "put the text between double quotation marks: {example}",
                    example = format!("\"{}\"", short(whole))
                ),
            });
        }
        if line.number == lines[at_fault].number && !after.is_empty() && !after.starts_with([',', '}', ']', ':']) {
            return Some(Slip {
                range: start..line.end(),
                message: say!("the text goes on after its closing quotation mark"),
                help: say!(
                    "put the whole text between quotation marks of the other kind, as in {example}",
                    example = format!("{other}{}{other}", short(&line.body[offset..]))
                ),
            });
        }
        return None;
    }
    None
}

/// Where the value of a line begins with a quotation mark, and which.
fn opening_quotation_mark(line: &Line<'_>) -> Option<(usize, char)> {
    let (content, indent) = line.content();
    let value = match line.key() {
        Some(key) => content[key.len() + 1..].trim_start(),
        None => content,
    };
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let offset = indent - line.indent + content.len() - value.len();
    Some((offset, mark))
}

fn closing_quotation_mark(rest: &str, mark: char) -> Option<usize> {
    let mut letters = rest.char_indices().peekable();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '\\' if mark == '"' => {
                letters.next();
            }
            '\'' if mark == '\'' && letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                letters.next();
            }
            letter if letter == mark => return Some(offset),
            _ => {}
        }
    }
    None
}

/// `{role} greets the guest`: a text that begins with brackets.
fn text_after_bracket(line: &Line<'_>) -> Option<Slip> {
    let (content, indent) = line.content();
    let value = line.key().map_or(content, |key| content[key.len() + 1..].trim_start());
    let mark = value.chars().next().filter(|mark| matches!(mark, '{' | '['))?;
    let start = line.start + indent + content.len() - value.len();
    let mut open = 0_usize;
    let mut quote: Option<char> = None;
    for (offset, letter) in value.char_indices() {
        match (quote, letter) {
            (Some(mark), letter) if letter == mark => quote = None,
            (None, '"' | '\'') if open > 0 => quote = Some(letter),
            (None, '{' | '[') => open += 1,
            (None, '}' | ']') => open = open.saturating_sub(1),
            _ => {}
        }
        let rest = value[offset + letter.len_utf8()..].trim_start();
        if open == 0 {
            return rest.starts_with(|next: char| next.is_alphanumeric() || "{[(\"'„“".contains(next)).then(|| Slip {
                range: start..start + value.len(),
                message: say!("a text cannot begin with `{character}` here", character = mark),
                help: say!("put the text in quotation marks"),
            });
        }
    }
    None
}

/// A bracket that is open when a line begins that reads like a key of its own.
fn bracket(text: &str, lines: &[Line<'_>]) -> Option<Slip> {
    let (last, before) = lines.split_last()?;
    if last.key().is_none() && !last.is_item() {
        return None;
    }
    // Brackets of a value stand together; further up than this none of people's own is open.
    let first = before.len().saturating_sub(40);
    let mut open: Vec<(usize, char)> = Vec::new();
    for line in &before[first..] {
        scan_brackets(line, &mut open);
    }
    let (start, mark) = open.first().copied()?;
    let close = if mark == '{' { '}' } else { ']' };
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    Some(Slip {
        range: start..start + text[start..end].trim_end().len(),
        message: say!("`{mark}` is never closed", mark),
        help: say!("add `{close}` where the value ends", close),
    })
}

/// Opens and closes the brackets of a line; quotation marks hide them, and prose has none that count.
fn scan_brackets(line: &Line<'_>, open: &mut Vec<(usize, char)>) {
    let (content, indent) = line.content();
    let value = line.key().map_or(content, |key| content[key.len() + 1..].trim_start());
    if open.is_empty() && !value.starts_with(['{', '[']) {
        return;
    }
    let first = line.start + indent + content.len() - value.len();
    let mut quote: Option<char> = None;
    for (offset, letter) in value.char_indices() {
        match (quote, letter) {
            (Some(mark), letter) if letter == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '{' | '[') => open.push((first + offset, letter)),
            (None, '}' | ']') => {
                open.pop();
            }
            _ => {}
        }
    }
}

/// A key that the parser took for the rest of the text above it.
fn taken_for_text(lines: &[Line<'_>], fault: usize) -> Option<Slip> {
    let (line, before) = lines.split_last()?;
    let above = before.last()?;
    let colon = line.key().map(|key| line.start + line.content().1 + key.len());
    let (_, depth_above) = above.content();
    if colon == Some(fault)
        && line.indent > depth_above
        && above.key().is_some_and(|key| above.content().0.len() > key.len() + 1)
    {
        return Some(Slip {
            range: line.body_range(),
            message: say!(
                "this line is indented further than line {above}, which it seems to stand beside",
                above = above.number
            ),
            help: say!(depth_above; "begin it with 1 space", "begin it with {n} spaces"),
        });
    }
    None
}

/// A line that stands at the depth of none that it could belong to.
fn indentation(lines: &[Line<'_>]) -> Option<Slip> {
    let (line, before) = lines.split_last()?;
    let above = before.last()?;
    if above.body.ends_with(':') && line.indent > above.indent {
        return None;
    }
    let first = first_of_the_block(before, line.indent);
    if let (true, Some(first)) = (line.is_item(), first.filter(|first| !first.is_item() && first.indent > line.indent))
    {
        return Some(Slip {
            range: first.body_range(),
            message: say!(
                "`- ` is missing before the first item of a list, whose next one begins in line {line}",
                line = line.number
            ),
            help: say!("write `- {first}`", first = short(first.body)),
        });
    }
    if let Some(slip) = line.is_item().then(|| list_without_key(line, above)).flatten() {
        return Some(slip);
    }
    let depths = depths(before);
    let fitting = || depths.iter().filter(|(.., of_items)| *of_items == line.is_item());
    if fitting().any(|(depth, ..)| *depth == line.indent) {
        return None;
    }
    let (depth, beside, _) = fitting().min_by_key(|(depth, ..)| (depth.abs_diff(line.indent), usize::MAX - depth))?;
    Some(Slip {
        range: line.body_range(),
        message: say!(
            "this line begins {found} spaces in, line {beside}, which it seems to stand beside, {wanted}",
            found = line.indent,
            beside = beside.number,
            wanted = *depth
        ),
        help: say!(*depth; "begin it with 1 space", "begin it with {n} spaces"),
    })
}

/// Items of a list whose key is missing: they stand below a key that has its value, or beside the keys of something else.
fn list_without_key(line: &Line<'_>, above: &Line<'_>) -> Option<Slip> {
    let (content, depth) = above.content();
    let has_value = above.key().is_some_and(|key| content.len() > key.len() + 1);
    let is_alone = has_value && !above.is_item() && (line.indent == depth || line.indent == depth + 2);
    is_alone.then(|| Slip {
        range: line.body_range(),
        message: say!("a list begins here, and no line above it says what it lists"),
        help: say!(
            "put the line with its key above it, such as `phases:`, `steps:` or `standards:`, two spaces further out or as far in as the `-`"
        ),
    })
}

/// The first line of the block that a line of that depth would stand in, where a key opens it.
fn first_of_the_block<'l, 't>(before: &'l [Line<'t>], indent: usize) -> Option<&'l Line<'t>> {
    let parent = before.iter().rposition(|line| line.indent < indent)?;
    before.get(parent + 1).filter(|_| before[parent].body.ends_with(':') && !before[parent].is_item())
}

/// A depth that is open: how far in, the last line that stands there, and whether it is one of list items.
type Depth<'l, 't> = (usize, &'l Line<'t>, bool);

/// The depths that are open behind those lines.
fn depths<'l, 't>(before: &'l [Line<'t>]) -> Vec<Depth<'l, 't>> {
    let mut open: Vec<Depth<'_, '_>> = Vec::new();
    for line in before {
        open.retain(|(depth, ..)| *depth < line.indent);
        open.push((line.indent, line, line.is_item()));
        if line.is_item() {
            open.push((line.content().1, line, false));
        }
    }
    open
}
