//! Traits, roles, departments and sites; chapters and templates.

use std::collections::BTreeMap;

use super::ids::BookIds;
use super::{Drafts, Resolver};
use crate::book::Attribute;
use crate::book::blemish::{author_findings, excess_finding};
use crate::book::condition::COUNTRY;
use crate::book::decode::OneOrMany;
use crate::book::draft::{Name, PatternDraft, RoleDraft, SiteDraft, TraitDraft};
use crate::book::draft_values::{SourceDraft, TextDraft};
use crate::book::expression::ValueType;
use crate::book::load::refusal_finding;
use crate::book::model::{Book, Chapter, Department, Home, NameKind, Pattern, Role, Site, Spanned, Teaching, Trait};
use crate::book::text::{Language, Text, Worded};
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::{Source, Sources, Span, World, chapter_excess, text_excess};
use crate::text::composed;

impl Resolver {
    /// Traits, roles, departments and sites.
    pub(super) fn parts(&mut self, drafts: &Drafts, book: &mut Book) {
        for (home, file) in &drafts.traits {
            for draft in file.traits.iter().flatten() {
                self.home = *home;
                let id = draft.id.as_ref().map(|id| id.value.as_str()).unwrap_or_default();
                if *home == Home::Book || !book.traits.iter().any(|own| own.id.is_or_was(id)) {
                    let of_trait = self.trait_entry(draft);
                    book.traits.extend(of_trait);
                }
            }
        }
        for (home, file) in &drafts.roles {
            for draft in file.roles.iter().flatten() {
                self.home = *home;
                let id = draft.id.as_ref().map(|id| id.value.as_str()).unwrap_or_default();
                if *home == Home::Book || !book.roles.iter().any(|own| own.id.is_or_was(id)) {
                    let role = self.role(draft);
                    book.roles.extend(role);
                }
            }
            for draft in file.departments.iter().flatten() {
                self.home = *home;
                let Some(id) = BookIds::id(draft.id.as_ref(), draft.was.as_ref()) else { continue };
                let taken = book.departments.iter().any(|own| own.id.is_or_was(&id.name))
                    || book.roles.iter().any(|own| own.id.is_or_was(&id.name));
                if *home == Home::Book || !taken {
                    let title = self.title(draft.title.clone(), &id.name, id.span);
                    book.departments.push(Department { id, title, home: *home });
                }
            }
        }
        self.home = Home::Book;
        self.kinds_of_attributes(&drafts.sites);
        for draft in &drafts.sites {
            let Some(id) = BookIds::id(draft.id.as_ref(), draft.was.as_ref()) else { continue };
            let title = self.title(draft.title.clone(), &id.name, id.span);
            let mut attributes: BTreeMap<_, _> =
                draft.attributes.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect();
            self.misread_attributes.extend(draft.misread.iter().cloned());
            for (name, value) in &draft.attributes {
                if let Attribute::Text(text) = &value.value {
                    let texts = self.text_attributes.entry(name.value.clone()).or_default();
                    texts.push(Spanned { value: text.clone(), span: value.span });
                }
            }
            // Whose law holds is a question with an answer at every site of a book that names its country.
            if let Some(country) = &book.country {
                attributes.entry(COUNTRY.to_owned()).or_insert_with(|| Attribute::Text(country.clone()));
            }
            book.sites.push(Site { id, title, attributes, span: draft.span });
        }
    }

    /// An attribute is of one kind at all sites that have it: a text where others have a number or a truth value is a slip.
    fn kinds_of_attributes(&mut self, sites: &[SiteDraft]) {
        let mut kinds: BTreeMap<&str, Vec<(&Spanned<Attribute>, &SiteDraft)>> = BTreeMap::new();
        for site in sites {
            site.attributes.iter().for_each(|(name, value)| kinds.entry(&name.value).or_default().push((value, site)));
        }
        for (name, values) in kinds {
            let is = |kind: ValueType| values.iter().filter(|(value, _)| ValueType::of(&value.value) == kind).count();
            // The kind of most is what was meant; of as many, the one that is no text.
            let most = [ValueType::Text, ValueType::Number, ValueType::Truth].into_iter().max_by_key(|kind| is(*kind));
            let Some(most) = most.filter(|most| is(*most) < values.len()) else { continue };
            let like = values.iter().find(|(value, _)| ValueType::of(&value.value) == most);
            let Some(((_, site), like)) = like.map(|(value, site)| ((value, site), value.span)) else { continue };
            let site_id = site.id.as_ref().map_or_else(String::new, |id| id.value.clone());
            self.misread_attributes.insert(name.to_owned());
            for (value, _) in values.iter().filter(|(value, _)| ValueType::of(&value.value) != most) {
                let (kind, most) = (ValueType::of(&value.value).title(), most.title());
                let message = say!(
                    "`{name}` is {kind} here, and {most} at the site `{there}`",
                    name,
                    kind,
                    most,
                    there = site_id
                );
                let finding = Diagnostic::new(Code::UntypedValue, value.span, message);
                let help =
                    say!("write `{name}` at every site as {most}; leave it out where the site has none", name, most);
                self.report(finding.help(help).related(like, say!("it stands so here")));
            }
        }
    }

    /// A text of the author's as it stands; of the library's only in the book's languages.
    fn entry_text(&mut self, text: Option<&TextDraft>) -> Text {
        let Some(draft) = text else { return Text::default() };
        if self.home == Home::Book {
            return self.text(draft.clone());
        }
        let mut text = Text::default();
        for language in &self.languages {
            let fits = |tag: &str| tag == language.tag() || tag == language.primary();
            let part = draft.parts.iter().find(|(key, _)| key.as_ref().is_some_and(|key| fits(&key.value)));
            if let Some((_, part)) = part {
                let worded = Worded { language: language.clone(), text: part.value.trim().to_owned(), span: part.span };
                text.0.push(worded);
            }
        }
        // None of the book's languages: English is better than nothing.
        if text.is_empty() {
            let english = draft.parts.iter().find(|(key, _)| key.as_ref().is_some_and(|key| key.value == "en"));
            if let Some((_, part)) = english {
                text = Text::of(Language::english(), part.value.trim(), part.span);
            }
        }
        text
    }

    fn entry_texts(&mut self, texts: Option<&OneOrMany<TextDraft>>) -> Vec<Text> {
        let texts = texts.into_iter().flat_map(|many| &many.0).map(|text| self.entry_text(Some(text)));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// Sources with the country of each.
    fn entry_sources(&mut self, drafts: Option<&OneOrMany<SourceDraft>>) -> (Vec<Text>, Vec<Option<String>>) {
        let drafts = drafts.into_iter().flat_map(|many| &many.0);
        let sources = drafts.map(|draft| {
            let country = draft.country.as_ref().map(|country| country.0.clone());
            (self.entry_text(Some(&draft.text)), country)
        });
        sources.filter(|(text, _)| !text.is_empty()).unzip()
    }

    fn trait_entry(&mut self, draft: &TraitDraft) -> Option<Trait> {
        let id = BookIds::id(draft.id.as_ref(), draft.was.as_ref())?;
        self.allow(draft.span, draft.allow.as_ref());
        let title = Some(self.entry_text(draft.title.as_ref())).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| Text::of(&self.source_language(), &*id.name, id.span));
        let meaning = Some(self.entry_text(draft.meaning.as_ref())).filter(|meaning| !meaning.is_empty());
        let question = Some(self.entry_text(draft.question.as_ref())).filter(|question| !question.is_empty());
        let patterns = draft.patterns.iter().flatten().filter_map(|pattern| self.pattern_entry(pattern)).collect();
        // What the library names in a book that has replaced its trait is none of the author's business.
        let quiet = self.home == Home::Library;
        let opposes = draft.opposes.iter().flat_map(|many| &many.0);
        let opposes = opposes.filter_map(|name| self.names.refer(NameKind::Trait, None, name, quiet)).collect();
        let (dimension, home, span) = (draft.dimension, self.home, draft.span);
        Some(Trait { id, title, meaning, question, dimension, opposes, patterns, home, span })
    }

    fn pattern_entry(&mut self, draft: &PatternDraft) -> Option<Pattern> {
        self.allow(draft.span, draft.allow.as_ref());
        let id = BookIds::id(draft.id.as_ref(), draft.was.as_ref());
        let text = self.entry_text(draft.text.as_ref());
        let text = self.bounded_pattern(text);
        let measure = self.pattern_measure(draft);
        let roles = self.role_names(draft.role.as_ref());
        let (sources, countries) = self.entry_sources(draft.sources.as_ref());
        let teaching = Teaching {
            why: Some(self.entry_text(draft.why.as_ref())).filter(|why| !why.is_empty()),
            how: self.entry_texts(draft.how.as_ref()),
            say: self.entry_texts(draft.say.as_ref()),
            avoid: self.entry_texts(draft.avoid.as_ref()),
            sources,
            countries,
            image: None,
        };
        let weight = self.weight(draft.weight, draft.span.head());
        let when = self.condition(draft.when.as_ref());
        let sectors: Vec<&Name> = draft.sectors.iter().flat_map(|many| &many.0).collect();
        sectors.iter().for_each(|sector| self.known_sector(sector));
        let sectors = sectors.into_iter().map(|sector| sector.value.clone()).collect();
        if text.is_empty() {
            return None;
        }
        Some(Pattern {
            id: id?,
            kind: draft.kind?,
            level: draft.level?,
            contact: draft.contact.as_ref().map(|many| many.0.clone()).unwrap_or_default(),
            sectors,
            needs: draft.needs.as_ref().map(|many| many.0.clone()).unwrap_or_default(),
            unless: draft.unless.as_ref().map(|many| many.0.clone()).unwrap_or_default(),
            last: draft.last.unwrap_or(false),
            text,
            measure,
            roles,
            verify: draft.verify,
            aspect: draft.aspect,
            critical: draft.critical.unwrap_or(false),
            weight,
            when,
            teaching,
            span: draft.span,
        })
    }

    /// The text of a pattern without what is longer than is read; whoever reads the file leaves that to be said here.
    fn bounded_pattern(&mut self, text: Text) -> Text {
        let mut read = Text::default();
        for worded in text.0 {
            let Some(excess) = text_excess(&worded.text) else {
                read.0.push(worded);
                continue;
            };
            let message = if excess.is_of_length() {
                say!("it is longer than any pattern that is read")
            } else {
                excess.message()
            };
            let message = say!("this pattern cannot be filled in: {message}", message);
            self.report(Diagnostic::new(Code::BadTemplate, worded.span.head(), message).help(excess.help()));
        }
        read
    }

    fn pattern_measure(&mut self, draft: &PatternDraft) -> Option<crate::book::Measure> {
        let written = draft.measure.as_ref()?;
        let what = self.entry_text(written.what.as_ref());
        let bare = crate::book::draft::MeasureDraft { what: None, ..written.clone() };
        let mut measure = self.measure(Some(bare))?;
        measure.what = Some(what).filter(|what| !what.is_empty());
        Some(measure)
    }

    fn role(&mut self, draft: &RoleDraft) -> Option<Role> {
        let id = BookIds::id(draft.id.as_ref(), draft.was.as_ref())?;
        self.allow(draft.span, draft.allow.as_ref());
        let title = Some(self.entry_text(draft.title.as_ref())).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| Text::of(&self.source_language(), &*id.name, id.span));
        let noun = match self.home {
            Home::Book => self.noun(draft.noun.as_ref(), std::iter::empty()),
            Home::Library => self.noun(None, std::iter::once(draft.noun.as_ref())),
        };
        let duties = self.entry_texts(draft.duties.as_ref());
        let when = self.condition(draft.when.as_ref());
        let quiet = self.home == Home::Library;
        let covered_by = draft.covered_by.as_ref().and_then(|name| {
            let now = self.names.refer(NameKind::Role, None, name, quiet)?;
            Some(Spanned { value: now, span: name.span })
        });
        Some(Role { id, title, noun, duties, when, covered_by, home: self.home, span: draft.span })
    }

    /// Chapters and templates.
    pub(super) fn files(&mut self, world: &dyn World, sources: &mut Sources, book: &mut Book) {
        let mut chapters: BTreeMap<String, Text> = BTreeMap::new();
        for item in world.list_names("chapters", &[".md"]) {
            let read =
                item.and_then(|path| world.text(&path).map(|text| (path.clone(), text)).map_err(|why| (path, why)));
            match read {
                Ok((path, text)) => {
                    let stem = path.trim_start_matches("chapters/").trim_end_matches(".md").to_owned();
                    // A file system may write the letters of one name in two parts.
                    let stem = composed(&stem).into_owned();
                    let (name, language) = match stem.rsplit_once('.') {
                        Some((name, tag)) => (name.to_owned(), Some(tag.to_owned())),
                        None => (stem, None),
                    };
                    let file = sources.add(Source::new(path, text.clone()));
                    self.findings.extend(author_findings(file, &text));
                    let whole = Span::new(file, 0, text.len());
                    // What is beyond bounds is not looked into any further.
                    if let Some(excess) = chapter_excess(&text) {
                        self.findings.push(excess_finding(whole, &excess));
                        continue;
                    }
                    let span = Span::new(file, 0, 0);
                    let language = match language {
                        None => self.source_language(),
                        Some(tag) => match self.languages.iter().find(|language| language.tag() == tag) {
                            Some(language) => language.clone(),
                            None => {
                                self.unknown_language(&Spanned { value: tag, span });
                                continue;
                            }
                        },
                    };
                    let text = composed(text.trim_start_matches('\u{feff}')).replace("\r\n", "\n").replace('\r', "\n");
                    self.count_links(&text, span);
                    chapters.entry(name).or_default().0.push(Worded { language, text, span });
                }
                Err((path, refusal)) => {
                    let file = sources.add(Source::refused(path, &refusal));
                    self.findings.push(refusal_finding(file, &refusal));
                }
            }
        }
        book.chapters = chapters.into_iter().map(|(name, text)| Chapter { name, text }).collect();
        self.templates(world, sources, book);
    }
}
