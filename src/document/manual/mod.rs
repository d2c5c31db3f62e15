//! The training manual: what a trainer teaches from, and a newcomer keeps.
//!
//! A list of sections, in order. The program's own parts have the numbers 1 to 7 (cover, guide and training plan, sequence, phases,
//! self-check, sign-off and certificate, management, glossary and index); the history of editions is the last; an author's chapter stands after the part that has its number, and those
//! above 7 at the end, so `01-welcome.md` follows the cover.

mod ending;
mod glance;
mod guide;
mod job;
mod ladder;
mod managing;
mod phase;
mod plan;
mod protocol;
mod quiz;
mod sessions;

use std::collections::BTreeMap;

use serde::Serialize;

pub use plan::{Since, TrainingPlan};

use self::ending::{Glossary, IndexEntry, SignoffPhase};
use self::glance::GlanceSection;
use self::guide::Guide;
use self::managing::{Certificate, Management};
use self::phase::PhaseChapter;
use self::protocol::Protocol;
use self::quiz::Quiz;
use self::sessions::Sessions;
use super::head::{Head, Limit};
use super::history::{History, history};
use super::image::ImageView;
use super::kind::DocumentKind;
use super::long::Long;
use super::scope::{Request, Scope};
use crate::book::Chapter;
use crate::edition::FilterKey;

/// So few standards are a handful: their manual is a leaflet, which needs no list of contents, no plan and no index.
const HANDFUL: usize = 12;

/// Whom a manual is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who teaches: with the session plan, the answers, the certificate and the part for those who manage.
    Trainer,
    /// Who learns, and keeps it.
    Trainee,
}

impl Audience {
    /// All of them.
    pub const ALL: &'static [Audience] = &[Audience::Trainer, Audience::Trainee];

    /// The word for it, as in `--for`.
    pub fn word(self) -> &'static str {
        match self {
            Audience::Trainer => "trainer",
            Audience::Trainee => "trainee",
        }
    }

    /// Whom a manual is for where nobody says so: one of a role is kept by who has it, one of all is taught from.
    fn usual(scope: &Scope) -> Self {
        if scope.filter.values(FilterKey::Role).is_empty() { Audience::Trainer } else { Audience::Trainee }
    }
}

/// The view of a training manual.
#[derive(Clone, Debug, Serialize)]
pub struct Manual {
    /// What it is.
    pub head: Head,
    /// How many standards it teaches, in words.
    pub count: String,
    /// Whether it holds anything.
    pub is_empty: bool,
    /// Whether it is a leaflet: so short that it has no cover and no list of contents.
    pub is_leaflet: bool,
    /// The list of contents: what `sections` holds, in a line each.
    pub contents: Vec<ContentsLine>,
    /// The sections, in order.
    pub sections: Long<Section>,
}

/// A line of the list of contents.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsLine {
    /// The section's number.
    pub number: usize,
    /// What a link to it names.
    pub anchor: String,
    /// The title.
    pub title: super::Prose,
    /// Whether it shows a sequence at a glance.
    pub is_glance: bool,
}

/// A numbered section.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// The number in the list of contents.
    pub number: usize,
    /// What a link to it names.
    pub anchor: String,
    /// The title, where it has one of the program's or the author's; a chapter's stands in its text.
    pub title: super::Prose,
    /// What is in it.
    #[serde(flatten)]
    pub body: Body,
}

/// What a section holds.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Body {
    /// A chapter of the author's own.
    Chapter {
        /// The Markdown, without the heading that became the section's title.
        markdown: String,
        /// The tag of its language where that is not the document's.
        lang: Option<String>,
        /// The pictures that it shows, by their paths.
        images: BTreeMap<String, ImageView>,
    },
    /// How to use the manual; levels, types and people.
    Guide(Guide),
    /// The training plan: what each role learns, in order.
    Plan(TrainingPlan),
    /// The session plan, for who teaches.
    Sessions(Sessions),
    /// How we speak, on one page.
    Protocol(Protocol),
    /// The certificate.
    Certificate(Certificate),
    /// What those who manage do.
    Management(Management),
    /// A sequence at a glance.
    Glance(Box<GlanceSection>),
    /// A phase.
    Phase(Box<PhaseChapter>),
    /// Questions.
    Quiz(Quiz),
    /// Sign-off sheet.
    Signoff {
        /// A table a phase.
        phases: Vec<SignoffPhase>,
    },
    /// What was issued.
    History(History),
    /// Glossary.
    Glossary(Glossary),
    /// Index of standards by id.
    Index {
        /// In alphabetical order.
        entries: Vec<IndexEntry>,
    },
}

/// Composes the manual for whoever usually has one of that kind.
pub fn manual(request: Request) -> Manual {
    manual_for(request, None, None)
}

/// Composes the manual for somebody; with `since`, with a training plan of nothing but what changed.
pub fn manual_for(request: Request, audience: Option<Audience>, since: Option<Since>) -> Manual {
    let scope = Scope::of(request);
    let audience = audience.unwrap_or_else(|| Audience::usual(&scope));
    let teaches = audience == Audience::Trainer;
    let is_leaflet = scope.chosen.len() <= HANDFUL && !scope.filter.values(FilterKey::Role).is_empty();
    let mut sections = Sections { scope: &scope, all: Vec::new() };
    let chapters: Vec<(u32, &Chapter)> =
        scope.book.chapters.iter().map(|chapter| (part_number(&chapter.name), chapter)).collect();
    for part in 1..=7 {
        match part {
            2 => {
                sections.push("guide", "manual.guide.title", Body::Guide(guide::guide(&scope, is_leaflet)));
                if let Some(plan) = plan::plan(&scope, since).filter(|_| !is_leaflet || since.is_some()) {
                    sections.push("plan", "manual.plan.title", Body::Plan(plan));
                }
                if teaches && !scope.chosen.is_empty() {
                    sections.push("sessions", "manual.session.title", Body::Sessions(sessions::sessions(&scope)));
                }
            }
            3 => glance::glances(&scope).into_iter().for_each(|(sequence, glance)| {
                let title = scope.prose(&sequence.title);
                sections.push_titled(format!("sequence-{}", sequence.id.name), title, Body::Glance(Box::new(glance)));
            }),
            4 => {
                scope.parts().for_each(|part| {
                    let title = scope.prose(&part.phase.title);
                    let body = Body::Phase(Box::new(phase::chapter(&scope, &part, is_leaflet)));
                    sections.push_titled(format!("phase-{}", part.phase.id.name), title, body);
                });
                if let Some(protocol) = protocol::protocol(&scope).filter(|_| !is_leaflet) {
                    sections.push("protocol", "manual.protocol.title", Body::Protocol(protocol));
                }
            }
            5 => {
                let quiz = quiz::quiz(&scope, teaches);
                if !quiz.phases.is_empty() {
                    sections.push("self-check", "manual.quiz.title", Body::Quiz(quiz));
                }
            }
            6 if !scope.chosen.is_empty() => {
                sections.push("sign-off", "manual.signoff.title", Body::Signoff { phases: ending::signoff(&scope) });
                if teaches {
                    let certificate = Body::Certificate(managing::certificate(&scope));
                    sections.push("certificate", "manual.certificate.title", certificate);
                }
            }
            7 => {
                if teaches && !is_leaflet {
                    let management = Body::Management(managing::management(&scope));
                    sections.push("management", "manual.management.title", management);
                }
                if !is_leaflet {
                    sections.push("glossary", "manual.glossary.title", Body::Glossary(ending::glossary(&scope)));
                }
                if scope.chosen.len() > HANDFUL {
                    sections.push("index", "manual.index.title", Body::Index { entries: ending::index(&scope) });
                }
            }
            _ => {}
        }
        for (_, chapter) in chapters.iter().filter(|(number, _)| *number == part) {
            sections.push_chapter(chapter);
        }
    }
    let head = cover(&scope, Head::of(DocumentKind::Manual, &scope).stamped(&sections.all), audience);
    if let Some(history) = history(&scope) {
        sections.push("history", "history.title", Body::History(history));
    }
    Manual {
        head,
        count: scope.interface.count("manual.standards", scope.chosen.len()),
        is_empty: scope.chosen.is_empty(),
        is_leaflet,
        contents: sections.all.iter().map(contents_line).collect(),
        sections: sections.all.into(),
    }
}

/// A cover that says in which language the manual is, and for whom.
fn cover(scope: &Scope<'_>, mut head: Head, audience: Audience) -> Head {
    let interface = scope.interface;
    let language = if interface.is_fallback() { scope.language.tag() } else { interface.text("name") };
    let limit = |label: String, value: &str| Limit { label, values: vec![super::Prose::plain(value)] };
    head.limits.insert(0, limit(scope.text("common.language"), language));
    let whom = scope.text(&format!("manual.audience.{}", audience.word()));
    head.limits.push(limit(scope.text("manual.audience.label"), &whom));
    head
}

fn contents_line(section: &Section) -> ContentsLine {
    ContentsLine {
        number: section.number,
        anchor: section.anchor.clone(),
        title: section.title.clone(),
        is_glance: matches!(section.body, Body::Glance(_)),
    }
}

/// The part that a chapter follows: its number, from 1 to 7; a chapter without a number comes last.
fn part_number(name: &str) -> u32 {
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    digits.parse::<u32>().map_or(7, |number| number.clamp(1, 7))
}

/// The sections so far; numbers them as they come.
struct Sections<'a, 'b> {
    scope: &'a Scope<'b>,
    all: Vec<Section>,
}

impl Sections<'_, '_> {
    fn push(&mut self, anchor: &str, title: &str, body: Body) {
        self.push_titled(anchor.to_owned(), super::Prose::plain(self.scope.text(title)), body);
    }

    fn push_titled(&mut self, anchor: String, title: super::Prose, body: Body) {
        self.all.push(Section { number: self.all.len() + 1, anchor, title, body });
    }

    fn push_chapter(&mut self, chapter: &Chapter) {
        let (language, source) = (self.scope.language, self.scope.book.source_language());
        let Some(worded) = chapter.text.best(language, source) else { return };
        let (title, markdown) = split_title(&worded.text);
        let lang = (worded.language != *language).then(|| worded.language.tag().to_owned());
        let title = title.map_or_else(|| readable_name(&chapter.name), str::to_owned);
        let title = crate::book::Worded { language: worded.language.clone(), text: title, span: worded.span };
        let title = super::Prose::worded(&title, language);
        self.push_titled(
            format!("chapter-{}", chapter.name),
            title,
            Body::Chapter { markdown: markdown.to_owned(), lang, images: self.scope.images_in(markdown) },
        );
    }
}

/// A chapter's first heading is its title.
fn split_title(markdown: &str) -> (Option<&str>, &str) {
    let text = markdown.trim_start_matches('\u{feff}').trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.strip_prefix("# ") {
        Some(title) => (Some(title.trim().trim_end_matches('#').trim_end()), rest),
        None => (None, text),
    }
}

/// `03-how-we-speak` → `how we speak`, for a chapter without a heading.
fn readable_name(name: &str) -> String {
    let words = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', ' ']);
    if words.is_empty() { name.to_owned() } else { words.replace(['-', '_'], " ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_stand_where_their_numbers_put_them() {
        assert_eq!(["01-welcome", "04", "99-end", "00-a", "appendix"].map(part_number), [1, 4, 7, 1, 7]);
    }

    #[test]
    fn a_chapter_is_titled_by_its_first_heading_or_its_name() {
        assert_eq!(split_title("\u{feff}# Welcome #\r\n\nText"), (Some("Welcome"), "\nText"));
        assert_eq!(split_title("Text"), (None, "Text"));
        assert_eq!(readable_name("03-how-we-speak"), "how we speak");
    }
}
