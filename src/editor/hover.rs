//! What there is to know of the id or the key under the pointer, as Markdown in the reader's language.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::caret::{Stands, Way, caret, key_and_value};
use super::completion::CaretQuery;
use super::keys::Allowed;
use super::lines::Lines;
use super::references::{Named, named, uses};
use super::workspace::{OpenBook, kind_of};
use crate::audit::figures::{RecordSelection, Selection, figures};
use crate::book::{Attribute, Book, Condition, Language, NameKind, Phase, Sequence, Status, Text};
use crate::edit::rename::attribute_places;
use crate::edition::{Coverage, Directory, Filter, Reference};
use crate::language::Interface;
use crate::message::Message;
use crate::method::{MatrixCell, Standard};
use crate::say;

/// What is known of what stands there; none of prose.
pub(super) fn hover(asked: &CaretQuery<'_>) -> Option<Hover> {
    let lines = Lines::of(asked.text, asked.encoding);
    if let Some((value, range)) = attribute(asked) {
        return Some(Hover { contents: markdown(value), range: Some(lines.range(range)) });
    }
    if let Some(named) = named(asked.book, asked.path, asked.offset) {
        let value = of_name(asked, &named)?;
        return Some(Hover { contents: markdown(value), range: Some(lines.range(named.span.range())) });
    }
    let (key, range) = key_at(asked).or_else(|| word_at(asked))?;
    Some(Hover { contents: markdown(key), range: Some(lines.range(range)) })
}

fn markdown(value: String) -> HoverContents {
    HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value })
}

/// The meaning of the key whose line the pointer is on, where it is on the key.
fn key_at(asked: &CaretQuery<'_>) -> Option<(String, std::ops::Range<usize>)> {
    let start = asked.text.get(..asked.offset)?.rfind('\n').map_or(0, |offset| offset + 1);
    let line = asked.text[start..].lines().next()?;
    let content = line.trim_start_matches([' ', '-', '\u{feff}']);
    let (key, _) = key_and_value(content)?;
    let begins = start + line.len() - content.len();
    let range = begins..begins + key.len();
    if !range.contains(&asked.offset) && asked.offset != range.end {
        return None;
    }
    // What follows the colon says where the key stands.
    let after = asked.text[range.end..].find(':').map(|offset| range.end + offset + 1)?;
    let mut way = caret(asked.text, after)?.way;
    if caret(asked.text, after)?.stands == Stands::Key {
        way.push(Way::Key(key.clone()));
    }
    let allowed = Allowed::at(kind_of(asked.path)?, &way)?;
    let meaning = allowed.meaning?;
    let words: Vec<String> = allowed
        .words()
        .iter()
        .map(|word| format!("- `{}` {}", word.word, asked.interface.translate(word.meaning)))
        .collect();
    let words = if words.is_empty() { String::new() } else { format!("\n\n{}", words.join("\n")) };
    Some((format!("**{key}**\n\n{}{words}", asked.interface.translate(meaning)), range))
}

/// What a word of a closed list means, where the pointer is on it.
fn word_at(asked: &CaretQuery<'_>) -> Option<(String, std::ops::Range<usize>)> {
    let is_part = |letter: &char| letter.is_alphanumeric() || *letter == '-';
    let before = asked.text.get(..asked.offset)?;
    let start = before.len() - before.chars().rev().take_while(is_part).map(char::len_utf8).sum::<usize>();
    let length: usize = asked.text[start..].chars().take_while(is_part).map(char::len_utf8).sum();
    let word = asked.text.get(start..start + length).filter(|word| !word.is_empty())?;
    let caret = caret(asked.text, start)?;
    let allowed = Allowed::at(kind_of(asked.path)?, &caret.way)?;
    let known = allowed.words().into_iter().find(|known| known.word == word && !known.meaning.is_empty())?;
    Some((format!("**{word}**\n\n{}", asked.interface.translate(known.meaning)), start..start + length))
}

/// Lines about something, each with its label.
struct Sheet<'a> {
    asked: &'a CaretQuery<'a>,
    lines: Vec<String>,
}

impl Sheet<'_> {
    fn title(&mut self, id: &str, title: Option<&Text>) {
        let title = title.map(|title| self.text(title)).filter(|title| title != id);
        self.lines.push(match title {
            Some(title) => format!("**{}** `{id}`", escaped(&title)),
            None => format!("`{id}`"),
        });
        self.lines.push(String::new());
    }

    fn paragraph(&mut self, text: &Text) {
        let text = self.text(text);
        self.lines.extend([escaped(&text), String::new()]);
    }

    fn line(&mut self, label: &Message, value: &str) {
        if !value.is_empty() {
            self.lines.push(format!("- {}: {value}", self.asked.interface.say(label)));
        }
    }

    /// A text in the reader's language; in the book's first where it has none.
    fn text(&self, text: &Text) -> String {
        let Some(book) = self.asked.book.book() else { return String::new() };
        let language = reader(book, self.asked.interface);
        let worded = text.best(language, book.source_language());
        let sequence = sequence_in(self.asked.book, self.asked.path);
        worded.map(|worded| readable(book, sequence, &worded.language, &worded.text)).unwrap_or_default()
    }

    /// When it applies: all on the way down.
    fn condition(&mut self, conditions: &[Condition]) {
        let all: Vec<String> = conditions.iter().map(|condition| format!("`{}`", condition.source)).collect();
        self.line(&say!("when"), &all.join(", "));
    }

    fn places(&mut self, named: &Named) {
        let uses = uses(self.asked.book, named, false).len();
        if uses == 0 {
            return;
        }
        let label = say!("used");
        let value = say!(uses; "at 1 place", "at {n} places");
        let value = self.asked.interface.say(&value);
        self.line(&label, &value);
    }
}

/// The language of the book that is the reader's.
pub(super) fn reader<'a>(book: &'a Book, interface: &Interface) -> &'a Language {
    let spoken = book.languages.iter().find(|language| language.primary() == interface.tag());
    spoken.unwrap_or_else(|| book.source_language())
}

/// The sequence that a file holds, where it holds one.
pub(super) fn sequence_in<'a>(book: &'a OpenBook, path: &str) -> Option<&'a Sequence> {
    let file = book.file(path)?;
    book.book()?.sequences.iter().find(|sequence| sequence.span.file == file)
}

/// A pattern's text as somebody reads it: the words for customer and staff in their forms, as the sequence has them where it is
/// read in one, dots for what only a phase or a step would fill in.
pub(super) fn readable(book: &Book, sequence: Option<&Sequence>, language: &Language, text: &str) -> String {
    let own = sequence.map(|sequence| &sequence.customer).filter(|own| own.forms.contains_key(language));
    let mut parts = text.split("{{");
    let mut readable = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (written, rest) = part.split_once("}}").unwrap_or((part, ""));
        let (name, filters) = written.split_once('|').unwrap_or((written, ""));
        let name = name.trim();
        // A noun as a whole stands before a filter that takes its first form.
        let word = name.split_once('.').or(Some((name, ""))).and_then(|(noun, form)| {
            let noun = match noun {
                "customer" => own.unwrap_or(&book.customer),
                "staff" => &book.staff,
                _ => return None,
            };
            let forms = noun.forms.get(language)?;
            if form.is_empty() { forms.forms.first().map(|(_, word)| word.as_str()) } else { forms.get(form) }
        });
        let mut letters = word.unwrap_or("…").chars();
        match letters.next() {
            Some(first) if filters.contains("capitalize") => readable.extend(first.to_uppercase().chain(letters)),
            first => readable.extend(first.into_iter().chain(letters)),
        }
        readable.push_str(rest);
    }
    readable
}

/// A text whose letters mean nothing to Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if ['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '&', '!'].contains(&letter) {
            escaped.push('\\');
        }
        escaped.push(if letter == '\n' { ' ' } else { letter });
    }
    escaped
}

fn of_name(asked: &CaretQuery<'_>, named: &Named) -> Option<String> {
    let opened = asked.book.opened.as_ref()?;
    let book = &opened.loaded.book;
    let mut sheet = Sheet { asked, lines: Vec::new() };
    let name = named.name.as_str();
    match named.kind {
        NameKind::Trait => {
            let known = book.trait_of(name)?;
            sheet.title(&known.id.name, Some(&known.title));
            known.meaning.iter().for_each(|meaning| sheet.paragraph(meaning));
            of_choice(&mut sheet, &known.id.name);
            for pattern in &known.patterns {
                let level = asked.interface.word("level", pattern.level.word());
                let kind = asked.interface.word("type", pattern.kind.word());
                let text = sheet.text(&pattern.text);
                sheet.lines.push(format!("- {kind}, {level}: {}", escaped(&text)));
            }
            sheet.places(named);
        }
        NameKind::Role => {
            let role = book.role(name)?;
            sheet.title(&role.id.name, Some(&role.title));
            let duties: Vec<String> =
                role.duties.iter().map(|duty| format!("- {}", escaped(&sheet.text(duty)))).collect();
            sheet.lines.extend(duties);
            let cover = role.covered_by.as_ref().map(|cover| format!("`{}`", cover.value)).unwrap_or_default();
            sheet.line(&say!("covered by"), &cover);
            let covers = book
                .roles
                .iter()
                .filter(|other| other.covered_by.as_ref().is_some_and(|cover| cover.value == role.id.name));
            let covers: Vec<String> = covers.map(|other| format!("`{}`", other.id.name)).collect();
            sheet.line(&say!("covers for"), &covers.join(", "));
            sheet.condition(role.when.as_slice());
            sheet.places(named);
        }
        NameKind::Standard => {
            let directory = Directory::of(&opened.standards);
            let standard = directory.find(name).and_then(|place| opened.standards.all.get(place))?;
            of_standard(&mut sheet, standard, named);
        }
        NameKind::Phase => {
            let phase = book.phases().find(|phase| phase.id.is_or_was(name))?;
            sheet.title(&phase.id.name, Some(&phase.title));
            phase.wants.iter().for_each(|wants| sheet.paragraph(wants));
            of_phase(&mut sheet, phase);
            sheet.places(named);
        }
        NameKind::Pattern => {
            let (of_trait, pattern) = name.split_once('.').or(named.scope.as_deref().map(|scope| (scope, name)))?;
            let pattern = book.patterns_of(of_trait).iter().find(|known| known.id.is_or_was(pattern))?;
            sheet.title(&pattern.id.name, None);
            sheet.paragraph(&pattern.text);
        }
        NameKind::Step => {
            sheet.title(name, title_of(book, named));
            of_step(&mut sheet, named);
            sheet.places(named);
        }
        NameKind::Site => {
            let site = book.site(name)?;
            sheet.title(&site.id.name, Some(&site.title));
            sheet.lines.extend(
                site.attributes.iter().map(|(name, value)| format!("- `{name}`: {}", escaped(&written(value)))),
            );
            sheet.places(named);
        }
        _ => {
            let title = title_of(book, named);
            sheet.title(name, title);
            sheet.places(named);
        }
    }
    Some(sheet.lines.join("\n").trim_end().to_owned())
}

/// Why a trait was chosen in the phase that the pointer is in: for the phase, and for its steps.
fn of_choice(sheet: &mut Sheet<'_>, of_trait: &str) {
    let asked = sheet.asked;
    let (Some(opened), Some(file)) = (&asked.book.opened, asked.book.file(asked.path)) else { return };
    let is_here = |span: crate::source::Span| {
        span.file == file && span.start as usize <= asked.offset && asked.offset <= span.end as usize
    };
    let Some(phase) = opened.loaded.book.phases().find(|phase| is_here(phase.span)) else { return };
    let of_phase = phase.traits.iter().map(|used| (&phase.id, used));
    let of_steps = phase.steps.iter().flat_map(|step| step.traits.iter().map(move |used| (&step.id, used)));
    let mut is_told = false;
    for (place, used) in of_phase.chain(of_steps).filter(|(_, used)| used.name == of_trait) {
        let Some(why) = &used.why else { continue };
        let why = escaped(&sheet.text(why));
        sheet.line(&say!("why it was chosen in `{place}`", place = &*place.name), &why);
        is_told = true;
    }
    if is_told {
        sheet.lines.push(String::new());
    }
}

/// What stands in a phase: what is written there, and what is demanded with what its traits and hand-offs yield.
fn of_phase(sheet: &mut Sheet<'_>, phase: &Phase) {
    let asked = sheet.asked;
    let Some(opened) = &asked.book.opened else { return };
    let book = &opened.loaded.book;
    let is_here = |sequence: usize, index: usize| {
        let known = book.phase_at(sequence, index);
        known.is_some_and(|known| known.id.name == phase.id.name)
    };
    let used = phase.traits.iter().chain(phase.steps.iter().flat_map(|step| &step.traits));
    let mut traits: Vec<String> = Vec::new();
    for name in used.map(|used| format!("`{}`", used.name)) {
        if !traits.contains(&name) {
            traits.push(name);
        }
    }
    sheet.line(&say!("traits"), &traits.join(", "));
    sheet.line(&say!("steps"), &phase.steps.len().to_string());
    let demanded = opened.standards.all.iter().filter(|standard| is_here(standard.sequence, standard.phase));
    let demanded = demanded.filter(|standard| standard.status == Status::Active).count();
    let counted = say!("{written} written, {demanded} demanded", written = phase.standards.len(), demanded);
    sheet.line(&say!("standards"), &asked.interface.say(&counted));
    sheet.line(&say!("target"), asked.interface.word("level", phase.target.word()));
    let cells: Vec<&MatrixCell> =
        opened.standards.cells.iter().filter(|cell| is_here(cell.sequence, cell.phase)).collect();
    let Coverage { covered, wanted } = Coverage::of(&cells);
    let covered = asked.interface.say(&say!("covered: {covered} of {wanted}", covered, wanted));
    sheet.line(&say!("cells"), &covered);
    sheet.condition(phase.when.as_slice());
}

fn of_step(sheet: &mut Sheet<'_>, named: &Named) {
    let asked = sheet.asked;
    let Some(opened) = &asked.book.opened else { return };
    let Some(phase) =
        opened.loaded.book.phases().find(|phase| named.scope.as_deref().is_some_and(|scope| phase.id.is_or_was(scope)))
    else {
        return;
    };
    let Some(step) = phase.steps.iter().find(|step| step.id.is_or_was(&named.name)) else { return };
    let word = |contact: &crate::book::Contact| asked.interface.text(&format!("contact.{contact}")).to_owned();
    let contact: Vec<String> = step.contact.iter().map(word).collect();
    sheet.line(&say!("contact"), &contact.join(", "));
    let roles: Vec<String> = step.roles.iter().map(|role| format!("`{role}`")).collect();
    sheet.line(&say!("role"), &roles.join(", "));
    let pinned = phase.standards.iter().filter(|standard| standard.step.as_ref() == Some(&step.id.name));
    sheet.line(&say!("standards"), &pinned.count().to_string());
    sheet.condition(step.when.as_slice());
}

/// A site's attribute as somebody reads it.
fn written(value: &Attribute) -> String {
    match value {
        Attribute::Bool(value) => value.to_string(),
        Attribute::Number(value) => value.to_string(),
        Attribute::Text(value) => value.clone(),
    }
}

/// What an attribute of the sites is, at its key in a site's file or in a condition that asks about it.
fn attribute(asked: &CaretQuery<'_>) -> Option<(String, std::ops::Range<usize>)> {
    let book = asked.book.book()?;
    let is_part = |letter: char| letter.is_alphanumeric() || ['_', '-', '.'].contains(&letter);
    let before = asked.text.get(..asked.offset)?;
    let start =
        before.len() - before.chars().rev().take_while(|letter| is_part(*letter)).map(char::len_utf8).sum::<usize>();
    let length: usize = asked.text[start..].chars().take_while(|letter| is_part(*letter)).map(char::len_utf8).sum();
    let word = asked.text.get(start..start + length)?;
    let name = match word.strip_prefix("site.") {
        Some(rest) => rest.split('.').next()?,
        None => {
            let line = before.rfind('\n').map_or(0, |offset| offset + 1);
            let is_key =
                kind_of(asked.path) == Some("site") && line == start && asked.text[start + length..].starts_with(':');
            is_key.then_some(word)?
        }
    };
    let has = book.sites.iter().filter_map(|site| Some((site, site.attributes.get(name)?)));
    let has: Vec<_> = has.collect();
    if has.is_empty() {
        return None;
    }
    let mut sheet = Sheet { asked, lines: vec![format!("**site.{name}**"), String::new()] };
    sheet
        .lines
        .extend(has.into_iter().map(|(site, value)| format!("- `{}`: {}", site.id.name, escaped(&written(value)))));
    let uses = attribute_places(book, name).len();
    let value = asked.interface.say(&say!(uses; "at 1 place", "at {n} places"));
    sheet.line(&say!("used"), &value);
    Some((sheet.lines.join("\n"), start..start + length))
}

fn title_of<'a>(book: &'a Book, named: &Named) -> Option<&'a Text> {
    let name = named.name.as_str();
    match named.kind {
        NameKind::Area => book.areas.iter().find(|area| area.id.is_or_was(name)).map(|area| &area.title),
        NameKind::Sequence => book.sequences.iter().find(|known| known.id.is_or_was(name)).map(|known| &known.title),
        NameKind::Department => book.department(name).map(|known| &known.title),
        NameKind::Site => book.site(name).map(|site| &site.title),
        NameKind::Step => {
            let mut of_scope =
                book.phases().filter(|phase| named.scope.as_deref().is_none_or(|scope| phase.id.is_or_was(scope)));
            of_scope.find_map(|phase| phase.steps.iter().find(|step| step.id.is_or_was(name)))?.label()
        }
        _ => None,
    }
}

fn of_standard(sheet: &mut Sheet<'_>, standard: &Standard, named: &Named) {
    let asked = sheet.asked;
    let Some(opened) = &asked.book.opened else { return };
    let book = &opened.loaded.book;
    sheet.lines.extend([format!("`{}`", Reference::to(standard)), String::new()]);
    let texts = standard.text.0.iter();
    sheet.lines.extend(texts.map(|worded| format!("- {}: {}", worded.language.tag(), escaped(&worded.text))));
    let word = |key: &str, word: &str| asked.interface.word(key, word).to_owned();
    let home = book.phase_at(standard.sequence, standard.phase);
    if let Some(phase) = home {
        sheet.line(&say!("phase"), &format!("`{}`", phase.id.name));
        let step = standard.step.and_then(|step| phase.steps.get(step));
        sheet.line(&say!("step"), &step.map(|step| format!("`{}`", step.id.name)).unwrap_or_default());
    }
    let traits: Vec<String> = standard.traits.iter().map(|name| format!("`{name}`")).collect();
    sheet.line(&say!("traits"), &traits.join(", "));
    sheet.line(&say!("type"), &standard.decided_kind().map(|kind| word("type", kind.word())).unwrap_or_default());
    sheet.line(&say!("level"), &standard.decided_level().map(|level| word("level", level.word())).unwrap_or_default());
    if let Some(measure) = &standard.measure {
        // In each language's own words.
        let bounds = book.languages.iter().map(|language| Interface::of(language).measure(measure, language));
        let mut bounds: Vec<String> = bounds.collect();
        bounds.dedup();
        sheet.line(&say!("measure"), &bounds.join(" · "));
    }
    sheet.line(&say!("role"), &standard.roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(", "));
    sheet.line(&say!("verify"), &word("verify", standard.verify.word()));
    if standard.critical {
        let critical = asked.interface.say(&say!("yes: not met, it fails its phase"));
        sheet.line(&say!("critical"), &critical);
    }
    sheet.condition(&standard.when);
    sheet.line(&say!("status"), &word("status", standard.status.word()));
    let audits = audited(asked, standard);
    sheet.line(&say!("audited"), &audits.unwrap_or_default());
    let decision = reviewed(asked, standard);
    sheet.line(&say!("reviewed"), &decision.unwrap_or_default());
    sheet.places(named);
}

/// How the present wording was kept, over all audits.
fn audited(asked: &CaretQuery<'_>, standard: &Standard) -> Option<String> {
    let opened = asked.book.opened.as_ref()?;
    let audits = &asked.book.records().audits;
    if audits.records.is_empty() {
        return None;
    }
    let filter = Filter::default();
    let wanted = RecordSelection { site: None, filter: &filter, from: None, to: None, staff: false };
    let (book, standards) = (&opened.loaded.book, &opened.standards);
    let selection = Selection::of(book, standards, audits, wanted);
    let all = figures(book, standards, audits, &selection).standards;
    let found = all
        .into_iter()
        .find(|found| found.id == standard.id.name && found.stamp.as_deref() == Some(&standard.stamp))?;
    let met = say!("met {met} of {judged}", met = found.met as usize, judged = found.judged as usize);
    Some(asked.interface.say(&met))
}

/// The last decision on it in a review, with the review's name.
fn reviewed(asked: &CaretQuery<'_>, standard: &Standard) -> Option<String> {
    let reviews = &asked.book.records().reviews;
    let of_standard = |review: &crate::review::Review| {
        let entry = review.entries.iter().find(|entry| standard.id.is_or_was(&entry.id))?;
        let decision = entry.decision.as_ref()?;
        let word = asked.interface.text(&format!("decision.{}", decision.value.word())).to_owned();
        Some((review.opened, format!("{word} ({})", review.name)))
    };
    let mut all: Vec<_> = reviews.all.iter().filter_map(of_standard).collect();
    all.sort();
    all.pop().map(|(_, message)| message)
}
