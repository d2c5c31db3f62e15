//! gamma-ok.yaml, and what it takes from the sector and the library: the nouns.

use super::{Drafts, Resolver};
use crate::book::draft::{ManifestDraft, Name};
use crate::book::draft_values::{FormsDraft, NounDraft, is_language_tag};
use crate::book::format_words::sector_meant;
use crate::book::model::{Area, Book, Brand, NameKind, REVIEW_UNITS, ReviewPlan};
use crate::book::text::{GENDER, GENDERS};
use crate::book::text::{Language, Noun, NounForms, Text};
use crate::diag::{Code, Diagnostic, Severity};
use crate::say;
use crate::source::World;
use crate::text::nearest;
use crate::units::Quantity;

/// Endings of images that a document can show.
const IMAGES: [&str; 4] = [".svg", ".png", ".jpg", ".jpeg"];

impl Resolver {
    /// The book's frame, without sequences, traits, roles and sites.
    pub(super) fn manifest(&mut self, drafts: &Drafts, world: &dyn World) -> Book {
        let empty = ManifestDraft::default();
        let draft = drafts.manifest.as_ref().unwrap_or(&empty);
        self.languages = self.book_languages(draft);
        self.country = draft.country.as_ref().map(|country| country.0.clone());
        let source = self.source_language();
        let title = self.maybe_text(draft.title.clone()).unwrap_or_else(|| Text::of(&source, "", draft.span));
        let span = title.span();
        if let Some(sector) = &draft.sector {
            self.known_sector(sector);
        }
        let areas = draft.areas.iter().flatten().filter_map(|area| {
            let id = super::BookIds::id(area.id.as_ref(), area.was.as_ref())?;
            let title = self.title(area.title.clone(), &id.name, id.span);
            Some(Area { id, title })
        });
        let areas = areas.collect();
        let base = &drafts.base;
        let customer = self.noun(draft.customer.as_ref(), base.iter().map(|base| base.customer.as_ref()));
        let staff = self.noun(draft.staff.as_ref(), base.iter().map(|base| base.staff.as_ref()));
        let mut level_shares = [1.0, 0.9, 0.75];
        if let Some(levels) = &draft.levels {
            for (share, written) in level_shares.iter_mut().zip(&levels.shares) {
                *share = self.share(written.as_ref()).unwrap_or(*share);
            }
        }
        let listed: Vec<&Name> = draft.sequences.iter().flatten().collect();
        let listed_sequences =
            listed.into_iter().filter_map(|name| self.names.refer(NameKind::Sequence, None, name, false)).collect();
        let mut rules = draft.rules.as_ref().map(|rules| rules.0.clone()).unwrap_or_default();
        // What the whole book may break is the same as switched off.
        rules.extend(draft.allow.iter().flatten().map(|code| (code.clone(), Severity::Off)));
        Book {
            title,
            languages: self.languages.clone(),
            sector: draft.sector.as_ref().map(|sector| sector.value.clone()),
            country: self.country.clone(),
            customer,
            staff,
            areas,
            listed_sequences,
            target: draft.target.unwrap_or(crate::book::Level::Expected),
            derive: draft.derive.unwrap_or(true),
            level_shares,
            review: self.review(draft),
            feedback_scale: draft
                .feedback
                .as_ref()
                .and_then(|feedback| feedback.scale)
                .map_or([1.0, 5.0], |scale| scale.0),
            brand: self.brand(draft, world),
            rules,
            span,
            ..Book::default()
        }
    }

    /// Reports a sector that the library does not have.
    pub(super) fn known_sector(&mut self, sector: &Name) {
        let known = crate::library::sectors();
        if known.contains(&sector.value.as_str()) {
            return;
        }
        let message = say!("the library has no sector `{sector}`", sector = sector.value);
        let help = match sector_meant(&sector.value).or_else(|| nearest(&sector.value, known.iter().copied())) {
            Some(near) => say!("did you mean `{near}`?", near),
            None => say!("known sectors: {known}; or leave `sector` out", known = known.join(", ")),
        };
        self.report(Diagnostic::new(Code::UnknownSector, sector.span, message).help(help));
    }

    fn book_languages(&mut self, draft: &ManifestDraft) -> Vec<Language> {
        let mut languages: Vec<Language> = Vec::new();
        for name in draft.languages.iter().flatten() {
            // Sweden's letters; also the tag of Northern Sami, which a book has if its title does.
            let has_title = |tag: &str| {
                let mut parts = draft.title.iter().flat_map(|title| &title.parts);
                parts.any(|(key, _)| key.as_ref().is_some_and(|key| key.value == tag))
            };
            let swedish = (name.value == "se" && !has_title("se")).then_some("sv");
            if let Some(tag) = swedish.or_else(|| shorter_tag(&name.value)) {
                // All texts would lack that language: one cause, one finding.
                let message = say!("`{value}` is not the tag of a language", value = name.value);
                self.report(
                    Diagnostic::new(Code::UnknownLanguage, name.span, message).help(say!("write `{tag}`", tag)),
                );
                self.meant_languages.push(tag);
                // Texts by that tag are there where the title has it, or only its letters are of another size. The first
                // language is that of texts that name none.
                let is_there = has_title(tag) || languages.is_empty() || tag.eq_ignore_ascii_case(&name.value);
                if is_there && !languages.iter().any(|language| language.tag() == tag) {
                    languages.push(Language::new(tag));
                }
            } else if let Some(tags) = several_tags(&name.value) {
                let message = say!("`{value}` is not the tag of a language", value = name.value);
                let list = tags.join(", ");
                self.report(
                    Diagnostic::new(Code::UnknownLanguage, name.span, message)
                        .help(say!("set the tags apart by commas: `[{list}]`", list)),
                );
                languages.extend(tags.into_iter().map(Language::new));
            } else if !is_language_tag(&name.value) {
                let message = say!("`{value}` is not the tag of a language", value = name.value);
                self.report(
                    Diagnostic::new(Code::UnknownLanguage, name.span, message)
                        .help(say!("write tags such as en, pl, sv, pt-BR")),
                );
            } else if languages.iter().any(|language| language.tag() == name.value) {
                let message = say!("the language `{value}` stands twice", value = name.value);
                self.report(
                    Diagnostic::new(Code::DuplicateKey, name.span, message).help(say!("name each language once")),
                );
            } else {
                languages.push(Language::new(&name.value));
            }
        }
        if languages.is_empty() {
            languages.push(Language::english().clone());
        }
        languages
    }

    /// A noun: the book's forms, else those of the manifests that it builds on, language by language.
    pub(super) fn noun<'a>(
        &mut self,
        own: Option<&NounDraft>,
        base: impl Iterator<Item = Option<&'a NounDraft>>,
    ) -> Noun {
        let mut noun = Noun { span: own.map(|own| own.span).unwrap_or_default(), ..Noun::default() };
        for FormsDraft { language: name, forms, span } in own.into_iter().flat_map(|own| &own.languages) {
            let Some(language) = self.language(name) else { continue };
            if let Some((form, word)) =
                forms.iter().find(|(form, word)| form.value == GENDER && !GENDERS.contains(&word.as_str()))
            {
                let message = say!("`{word}` is not a gender of nouns", word);
                let help =
                    say!("write one of {genders}", genders = GENDERS.map(|gender| format!("`{gender}`")).join(", "));
                self.report(Diagnostic::new(Code::WrongType, form.span, message).help(help));
            }
            let forms = forms.iter().map(|(form, word)| (form.value.clone(), word.clone())).collect();
            noun.forms.insert(language, NounForms { forms, span: *span });
        }
        for draft in base.flatten() {
            for FormsDraft { language: name, forms, span } in &draft.languages {
                // A book in `pt-BR` takes the words of a library in `pt`.
                let wanted = self
                    .languages
                    .iter()
                    .filter(|language| language.tag() == name.value || language.primary() == name.value);
                for language in wanted.cloned().collect::<Vec<_>>() {
                    noun.forms.entry(language).or_insert_with(|| {
                        let forms = forms.iter().map(|(form, word)| (form.value.clone(), word.clone())).collect();
                        NounForms { forms, span: *span }
                    });
                }
            }
        }
        noun
    }

    fn review(&mut self, draft: &ManifestDraft) -> ReviewPlan {
        let mut plan = ReviewPlan::default();
        let Some(review) = &draft.review else { return plan };
        plan.since = review.since.map(|date| date.0);
        if let Some(every) = &review.every {
            let Quantity { value, unit, span } = &every.0;
            if *value > 0.0 && REVIEW_UNITS.contains(&unit.key()) {
                plan.every = every.0.clone();
            } else {
                let message = say!("`{every}` is not an interval for reviews", every = every.0.plain());
                self.report(
                    Diagnostic::new(Code::BadQuantity, *span, message)
                        .help(say!("write months or days, such as `12 months`")),
                );
            }
        }
        plan
    }

    fn brand(&mut self, draft: &ManifestDraft, world: &dyn World) -> Brand {
        let mut brand = Brand::default();
        let Some(written) = &draft.brand else { return brand };
        if let Some(colour) = &written.colour {
            let digits = colour.value.strip_prefix('#').unwrap_or_default();
            if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                brand.colour = Some(colour.value.to_ascii_lowercase());
            } else {
                let message = say!("`{colour}` is not a colour", colour = colour.value);
                self.report(
                    Diagnostic::new(Code::WrongType, colour.span, message)
                        .help(say!("write it in quotation marks, such as \"#0b3d6b\"")),
                );
            }
        }
        if let Some(logo) = &written.logo {
            if !IMAGES.iter().any(|ending| logo.value.to_ascii_lowercase().ends_with(ending)) {
                let message = say!("`{logo}` is not an image that a document can show", logo = logo.value);
                self.report(
                    Diagnostic::new(Code::WrongType, logo.span, message).help(say!("use an SVG, PNG or JPEG file")),
                );
                return brand;
            }
            brand.logo = self.logo(logo, world);
        }
        brand
    }
}

/// The tag of a language that is written by its name, its country or three letters of ISO 639-2: BCP 47 has the shortest.
fn shorter_tag(written: &str) -> Option<&'static str> {
    const TAGS: &[(&str, &[&str])] = &[
        ("cs", &["ces", "cze", "cz", "czech"]),
        ("da", &["dan", "dk", "danish", "dansk"]),
        ("de", &["deu", "ger", "german", "deutsch"]),
        ("en", &["eng", "english", "angielski", "engelska"]),
        ("es", &["spa", "spanish"]),
        ("fi", &["fin", "finnish"]),
        ("fr", &["fra", "fre", "french"]),
        ("it", &["ita", "italian"]),
        ("nl", &["nld", "dut", "dutch"]),
        ("no", &["nor", "norwegian", "norsk"]),
        ("pl", &["pol", "polish", "polski", "polska"]),
        ("pt", &["por", "portuguese"]),
        ("ru", &["rus", "russian"]),
        ("sv", &["swe", "swedish", "svenska", "szwedzki"]),
        ("uk", &["ukr", "ua", "ukrainian"]),
    ];
    let folded = written.to_lowercase();
    let is_meant =
        |(tag, names): &&(&str, &[&str])| names.contains(&folded.as_str()) || *tag == folded && folded != written;
    TAGS.iter().find(is_meant).map(|(tag, _)| *tag)
}

/// The tags that somebody wrote as one, such as `en pl` or `en; pl`.
fn several_tags(written: &str) -> Option<Vec<&str>> {
    let tags: Vec<&str> = written.split([' ', ';', '/', '|']).filter(|tag| !tag.is_empty()).collect();
    (tags.len() > 1 && tags.iter().all(|tag| is_language_tag(tag))).then_some(tags)
}
