//! Drafts → [`Book`]: names resolved, quantities typed, texts by language.

mod copies;
mod ids;
mod images;
mod links;
mod manifest;
mod parts;
mod role_titles;
mod sequence;
mod templates;

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;
use super::decode::{OneOrMany, odd_help};
use super::draft::{ManifestDraft, MeasureDraft, Name, RolesFileDraft, SequenceDraft, SiteDraft, TraitsFileDraft};
use super::draft_values::{ShareDraft, TextDraft, is_language_tag};
use super::expression::{Attributes, MAX_LENGTH, Mistyped, ValueType, is_too_long, mistyped};
use super::measure::{Bound, Measure};
use super::model::{Allow, Attribute, Book, Home, Site, Spanned};
use super::text::{Language, Text, Worded};
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::{Sources, Span, World};
use crate::text::{as_it_looks, nearest};
use crate::units::{Quantity, Unit};
use ids::BookIds;
use links::Links;

/// All drafts of a book and of what it builds on.
#[derive(Debug, Default)]
pub struct Drafts {
    /// The manifest, if it could be read at all.
    pub manifest: Option<ManifestDraft>,
    /// Sequences in file order.
    pub sequences: Vec<SequenceDraft>,
    /// Traits files: the book's first.
    pub traits: Vec<(Home, TraitsFileDraft)>,
    /// Roles files: the book's first.
    pub roles: Vec<(Home, RolesFileDraft)>,
    /// Sites in file order.
    pub sites: Vec<SiteDraft>,
    /// Manifests that lend their nouns: the sector's, then the library's own.
    pub base: Vec<ManifestDraft>,
}

/// A resolved book and what was found on the way.
#[derive(Debug)]
pub struct Resolved {
    /// The book.
    pub book: Book,
    /// Findings.
    pub findings: Vec<Diagnostic>,
}

/// Resolves all drafts. Chapters, templates, the logo and pictures are read from `world`; chapters become sources.
pub fn resolve(drafts: Drafts, world: &dyn World, sources: &mut Sources) -> Resolved {
    let names = BookIds::gather(&drafts);
    let mut resolver = Resolver {
        findings: Vec::new(),
        names,
        languages: Vec::new(),
        meant_languages: Vec::new(),
        country: None,
        home: Home::Book,
        allows: Vec::new(),
        misread_attributes: BTreeSet::new(),
        text_attributes: BTreeMap::new(),
        links: Links::within(&drafts.sequences),
    };
    let mut book = resolver.manifest(&drafts, world);
    resolver.parts(&drafts, &mut book);
    resolver.sequences(drafts.sequences, &mut book);
    resolver.files(world, sources, &mut book);
    resolver.images(world, sources, &mut book);
    resolver.conditions(&book);
    let Resolver { mut findings, names, allows, .. } = resolver;
    findings.extend(names.findings);
    findings.extend(copies::findings(names.taken, sources));
    book.allows.extend(allows);
    book.names = names.uses;
    Resolved { book, findings }
}

/// So many findings on what a book's parts are to each other are made; of each file fewer are told.
const MAX_FINDINGS: usize = 20_000;

struct Resolver {
    findings: Vec<Diagnostic>,
    names: BookIds,
    languages: Vec<Language>,
    /// Tags that the manifest means and writes otherwise: texts by them are unknown for a cause that has its finding.
    meant_languages: Vec<&'static str>,
    /// The country that the manifest names.
    country: Option<String>,
    /// Whose file is being resolved: what the library says is not the author's to mend.
    home: Home,
    allows: Vec<Allow>,
    /// The attributes of sites whose value could not be read.
    misread_attributes: BTreeSet<String>,
    /// The texts that sites' attributes are, with their places.
    text_attributes: BTreeMap<String, Vec<Spanned<String>>>,
    links: Links,
}

impl Resolver {
    fn report(&mut self, finding: Diagnostic) {
        if self.home == Home::Book && self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        }
    }

    fn source_language(&self) -> Language {
        self.languages.first().unwrap_or(Language::english()).clone()
    }

    /// A text by language. Languages that the book does not name are reported, and left out.
    fn text(&mut self, draft: TextDraft) -> Text {
        let mut text = Text::default();
        for (key, part) in draft.parts {
            let language = match key.as_ref().map(|key| self.language(key)) {
                None => self.source_language(),
                Some(Some(language)) if text.get(&language).is_none() => language,
                Some(_) => continue,
            };
            if part.value.trim().is_empty() {
                let message = say!("this text is empty");
                self.report(
                    Diagnostic::new(Code::WrongType, part.span, message).help(say!("write it, or remove the key")),
                );
                continue;
            }
            // A block text ends in a line end that nobody means.
            let trimmed = part.value.trim();
            let words = if trimmed.len() == part.value.len() { part.value } else { trimmed.to_owned() };
            if self.home == Home::Book {
                self.count_links(&words, part.span);
            }
            text.0.push(Worded { language, text: words, span: part.span });
        }
        text
    }

    /// The language of the book that a tag names. One that the book names otherwise, as `en` for `en-GB`, is reported and
    /// taken for it, so that nothing else seems to be missing.
    fn language(&mut self, key: &Name) -> Option<Language> {
        let named = self.languages.iter().find(|language| language.tag() == key.value).cloned();
        if named.is_some() {
            return named;
        }
        if let Some(help) = odd_help(&key.value, self.languages.iter().map(Language::tag)) {
            let message = say!("`{value}` is not a language", value = key.value);
            self.report(Diagnostic::new(Code::InvisibleCharacter, key.span, message).help(help));
            let looks = as_it_looks(&key.value);
            return self.languages.iter().find(|language| language.tag() == looks).cloned();
        }
        self.unknown_language(key);
        self.kin(&key.value).cloned()
    }

    /// The language of the book that is the same as another tag's but for the country.
    fn kin(&self, tag: &str) -> Option<&Language> {
        let primary = tag.split('-').next().unwrap_or_default();
        self.languages.iter().find(|language| language.primary() == primary)
    }

    fn unknown_language(&mut self, key: &Name) {
        if self.meant_languages.contains(&key.value.as_str()) {
            return;
        }
        let known: Vec<String> = self.languages.iter().map(|language| format!("`{language}`")).collect();
        let message = if is_language_tag(&key.value) {
            say!("the book does not name the language `{value}`", value = key.value)
        } else {
            say!("`{value}` is not a language", value = key.value)
        };
        let near = nearest(&key.value, self.languages.iter().map(Language::tag));
        let help = match (near, self.kin(&key.value)) {
            (_, Some(kin)) if is_language_tag(&key.value) => say!(
                "write the same tag in both places: `{kin}` here, or `{tag}` in `languages` in gamma-ok.yaml",
                kin = kin.tag(),
                tag = key.value
            ),
            (Some(near), _) => say!("did you mean `{near}`?", near),
            _ => say!(
                "languages of the book: {known}; add others to `languages` in gamma-ok.yaml",
                known = known.join(", ")
            ),
        };
        self.report(Diagnostic::new(Code::UnknownLanguage, key.span, message).help(help));
    }

    fn maybe_text(&mut self, draft: Option<TextDraft>) -> Option<Text> {
        draft.map(|draft| self.text(draft)).filter(|text| !text.is_empty())
    }

    fn texts(&mut self, draft: Option<OneOrMany<TextDraft>>) -> Vec<Text> {
        let texts = draft.into_iter().flat_map(|many| many.0).map(|draft| self.text(draft));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// A title, or the id where there is none.
    fn title(&mut self, draft: Option<TextDraft>, id: &str, span: Span) -> Text {
        self.maybe_text(draft).unwrap_or_else(|| Text::of(&self.source_language(), id, span))
    }

    fn condition(&mut self, draft: Option<&Name>) -> Option<Condition> {
        let name = draft?;
        if is_too_long(&name.value) {
            let message = say!("this condition is longer than any that is read");
            let help = say!(
                "write at most {n} characters; let a site's attribute say what several conditions would",
                n = MAX_LENGTH
            );
            self.report(Diagnostic::new(Code::ExpressionTooLong, name.span, message).help(help));
            return None;
        }
        match Condition::parse(&name.value, name.span) {
            Ok(condition) => Some(condition.at_home(self.country.as_deref())),
            Err((problem, range)) => {
                // Only a plain, one-line condition has the same bytes in the file as in the value.
                let is_verbatim = (name.span.end - name.span.start) as usize == name.value.len();
                let span = range.filter(|_| is_verbatim).map_or(name.span, |range| name.span.within(range));
                let message = say!("this condition cannot be read: {problem}", problem);
                let help = say!("write an expression over the site, such as `site.rooms >= 50 and site.stars >= 4`");
                self.report(Diagnostic::new(Code::BadCondition, span, message).help(help));
                None
            }
        }
    }

    fn measure(&mut self, draft: Option<MeasureDraft>) -> Option<Measure> {
        let draft = draft?;
        let what = self.maybe_text(draft.what);
        let bounds = [
            (Bound::Within, draft.within.as_ref()),
            (Bound::AtMost, draft.at_most.as_ref()),
            (Bound::AtLeast, draft.at_least.as_ref()),
        ];
        let mut given: Vec<(Bound, Quantity, Option<Quantity>)> =
            bounds.into_iter().filter_map(|(bound, value)| Some((bound, value?.0.clone(), None))).collect();
        match draft.between.as_deref() {
            Some([low, high]) => given.push((Bound::Between, low.0.clone(), Some(high.0.clone()))),
            Some(other) => {
                let span = other.first().map_or(draft.span, |first| first.0.span);
                let message = say!("`between` needs two quantities, found {n}", n = other.len());
                // Figures alone beside figures with a unit: `[0,5 min, 1,5 min]`.
                let is_cut = other.len() > 2 && other.iter().any(|value| value.0.unit == Unit::Count);
                let help = match is_cut {
                    true => say!(
                        "a comma sets the two apart: write decimals with a point, as in `between: [0.5 min, 1.5 min]`"
                    ),
                    false => say!("write `between: [18 °C, 22 °C]`"),
                };
                self.report(Diagnostic::new(Code::BadQuantity, span, message).help(help));
                return None;
            }
            None => {}
        }
        let share = self.share(draft.share.as_ref()).unwrap_or(1.0);
        let [(bound, value, high)] = given.as_slice() else {
            let key_span = Span { end: draft.span.end.min(draft.span.start + 7), ..draft.span };
            // A figure that could not be read has its own finding.
            if given.is_empty() && draft.misread {
                return None;
            }
            let finding = if given.is_empty() {
                Diagnostic::new(Code::MissingKey, key_span, say!("a measure lacks its figure"))
            } else {
                Diagnostic::new(Code::WrongType, given[1].1.span, say!("a measure has more than one figure"))
            };
            self.report(finding.help(say!("give exactly one of `within`, `at-most`, `at-least` and `between`")));
            return None;
        };
        if let Some(high) = high {
            let ((low, low_base), (top, top_base)) = (value.canonical(), high.canonical());
            if low_base != top_base {
                let message =
                    say!("`{plain}` and `{high}` are not of one kind", plain = value.plain(), high = high.plain());
                self.report(
                    Diagnostic::new(Code::BadQuantity, high.span, message).help(say!("give both bounds in one unit")),
                );
            } else if low > top {
                let message = say!("`{plain}` is more than `{high}`", plain = value.plain(), high = high.plain());
                self.report(
                    Diagnostic::new(Code::BadQuantity, high.span, message).help(say!("write the lower bound first")),
                );
            }
        }
        let time = matches!(value.unit.canonical().0, "s" | "wd" | "weeks" | "months");
        // A phone is answered `within 3 rings`, and an unknown unit may be a time.
        if *bound == Bound::Within && !time && !matches!(value.unit, Unit::Unknown(_) | Unit::Known("rings")) {
            let message = say!("`within` is a time limit, but `{plain}` is not a time", plain = value.plain());
            let help = match value.unit {
                Unit::Count => {
                    say!("add the unit, as in `{figure} s` or `{figure} min`", figure = value.value.to_string())
                }
                _ => say!("use `at-most` or `at-least`"),
            };
            self.report(Diagnostic::new(Code::BadQuantity, value.span, message).help(help));
        }
        Some(Measure { what, bound: *bound, value: value.clone(), high: high.clone(), share, span: draft.span })
    }

    /// A share between 0 and 100 %, as 0 to 1.
    fn share(&mut self, draft: Option<&ShareDraft>) -> Option<f64> {
        let quantity = &draft?.0.0;
        let share = match quantity.unit {
            Unit::Known("%") => quantity.value / 100.0,
            Unit::Count if quantity.value <= 1.0 => quantity.value,
            _ => f64::NAN,
        };
        if share > 0.0 && share <= 1.0 {
            return Some(share);
        }
        let message = say!("`{quantity}` is not a share", quantity = quantity.plain());
        self.report(
            Diagnostic::new(Code::BadQuantity, quantity.span, message).help(say!("write a share such as 90 %")),
        );
        None
    }

    fn weight(&mut self, weight: Option<f64>, span: Span) -> f64 {
        match weight {
            Some(weight) if weight <= 0.0 || weight > 1000.0 => {
                let finding = Diagnostic::new(
                    Code::WrongType,
                    span,
                    say!("`weight: {weight}` is not above 0 and up to 1000", weight),
                );
                self.report(finding.help(say!("leave `weight` out for 1")));
                1.0
            }
            weight => weight.unwrap_or(1.0),
        }
    }

    fn allow(&mut self, span: Span, codes: Option<&Vec<Spanned<String>>>) {
        if let (Some(codes), Home::Book) = (codes, self.home) {
            self.allows.push(Allow { span, codes: codes.clone() });
        }
    }

    /// Every attribute that a condition of the author's speaks of must be one that some site has.
    fn conditions(&mut self, book: &Book) {
        let mut known: Vec<&str> = vec!["id", "title"];
        known.extend(book.sites.iter().flat_map(|site| site.attributes.keys()).map(String::as_str));
        let misread = std::mem::take(&mut self.misread_attributes);
        known.extend(misread.iter().map(String::as_str));
        let kinds = SiteKinds { sites: &book.sites, misread: &misread };
        let mut findings = Vec::new();
        let (mut worked_out, mut told) = (BTreeSet::new(), BTreeSet::new());
        for condition in book.conditions() {
            let is_new = worked_out.insert(condition.source.clone());
            let failing = is_new.then(|| book.sites.iter().find(|site| condition.fails(site))).flatten();
            if let Some(site) = failing.filter(|_| condition.attributes.iter().all(|name| !misread.contains(name))) {
                let message =
                    say!("this cannot be worked out at the site `{site}`, so it holds nowhere", site = site.id.name);
                findings.push(Diagnostic::new(Code::BadCondition, condition.span, message).help(say!(
                    "compare attributes with values, as in `site.rooms >= 50`, and join comparisons by `and`, `or`, `not`"
                )));
                continue;
            }
            for attribute in condition.attributes.iter().filter(|name| !known.contains(&name.as_str())) {
                let message = say!("no site of the book has the attribute `{attribute}`", attribute);
                let help = match nearest(attribute, known.iter().copied()) {
                    Some(near) => say!("did you mean `site.{near}`?", near),
                    None => say!("add `{attribute}: …` to a file in sites/", attribute),
                };
                let start = condition.source.find(&format!("site.{attribute}"));
                let is_verbatim = (condition.span.end - condition.span.start) as usize == condition.source.len();
                let span = start
                    .filter(|_| is_verbatim)
                    .map_or(condition.span, |start| condition.span.within(start..start + 5 + attribute.len()));
                findings.push(Diagnostic::new(Code::BadCondition, span, message).help(help));
            }
            let is_verbatim = (condition.span.end - condition.span.start) as usize == condition.source.len();
            let place =
                |range: std::ops::Range<usize>| if is_verbatim { condition.span.within(range) } else { condition.span };
            for mistyped in mistyped(&condition.source, &kinds) {
                let (code, range, message, help) = match mistyped {
                    Mistyped::Kinds { range, message, help } => (Code::UntypedComparison, range, message, help),
                    Mistyped::NoSuchValue { range, message, help } => (Code::UnknownValue, range, message, help),
                };
                // A text that is a number but for its quotation marks is the cause; it is told once.
                let compared = condition.source.get(range.clone()).unwrap_or_default();
                let named = |(name, _): &(&String, &Vec<Spanned<String>>)| compared.contains(&format!("site.{name}"));
                let texts = self.text_attributes.iter().find(named).filter(|_| code == Code::UntypedComparison);
                let figures: Vec<&Spanned<String>> = texts
                    .into_iter()
                    .flat_map(|(_, texts)| texts)
                    .filter(|text| text.value.parse::<f64>().is_ok_and(f64::is_finite))
                    .collect();
                for text in &figures {
                    let message =
                        say!("`{text}` in quotation marks is a text, and compared as a number", text = &text.value);
                    let help = say!("write `{text}` without quotation marks", text = &text.value);
                    let finding = Diagnostic::new(Code::UntypedValue, text.span, message).help(help);
                    let finding = finding.related(place(range.clone()), say!("it is compared here"));
                    if told.insert(text.span) {
                        findings.push(finding);
                    }
                }
                if figures.is_empty() {
                    let finding = Diagnostic::new(code, place(range), message).help(help);
                    findings.push(match texts.and_then(|(_, texts)| texts.first()) {
                        Some(text) => finding.related(text.span, say!("it is a text here")),
                        None => finding,
                    });
                }
            }
        }
        self.findings.extend(findings);
    }
}

/// What the attributes of the book's sites are.
struct SiteKinds<'a> {
    sites: &'a [Site],
    /// Those whose value could not be read.
    misread: &'a BTreeSet<String>,
}

impl Attributes for SiteKinds<'_> {
    fn kind(&self, name: &str) -> Option<ValueType> {
        if self.misread.contains(name) {
            return None;
        }
        let mut kinds = self.sites.iter().filter_map(|site| site.attribute(name)).map(|value| ValueType::of(&value));
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    fn values(&self, name: &str) -> Vec<String> {
        let values = self.sites.iter().filter_map(|site| site.attribute(name));
        let shown = values.filter_map(|value| match value {
            Attribute::Text(text) => Some(text),
            Attribute::Number(_) => Some(minijinja::Value::from(&value).to_string()),
            Attribute::Bool(_) => None,
        });
        shown.collect::<BTreeSet<_>>().into_iter().collect()
    }
}
