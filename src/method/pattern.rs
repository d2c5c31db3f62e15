//! Pattern texts: minijinja templates over the nouns `customer` and `staff` and the titles `phase`, `step`, `sequence`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use minijinja::machinery::{ast, parse_expr};
use minijinja::{Environment, UndefinedBehavior, Value};

use super::agreement;
use crate::book::{
    Book, GENDER, Language, NOUN_FORMS, Noun, NounForms, Pattern, Phase, Sequence, Step, Text, Worded, is_too_long,
};
use crate::message::Message;
use crate::say;
use crate::source::Span;

/// The nouns that a pattern may use.
const NOUNS: [&str; 2] = ["customer", "staff"];
/// The titles that a pattern may use.
const TITLES: [&str; 3] = ["phase", "step", "sequence"];
/// Far more steps than a sentence takes, little enough to end at once.
const FUEL: u64 = 20_000;

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    // minijinja's own filter lower-cases the rest; a title such as "SPA Wisła" must keep its letters.
    environment.add_filter("capitalize", |text: String| {
        let mut letters = text.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    });
    environment.add_filter("a", agreement::a);
    environment.add_filter("agree", agreement::agree);
    environment.add_filter("z", agreement::z);
    environment.add_filter("w", agreement::w);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(20);
    environment
}

/// What is wrong with a pattern's text.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternFault {
    /// It is not a template.
    Syntax {
        /// Where.
        span: Span,
        /// What is wrong.
        message: Message,
    },
    /// It uses a name that patterns do not have.
    UnknownName {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// What there is instead.
        known: Vec<String>,
    },
    /// It uses a form that nouns of the language do not have.
    UnknownForm {
        /// Where.
        span: Span,
        /// The noun and form as written: `customer.plural`.
        name: String,
        /// The language.
        language: Language,
        /// The forms there are.
        known: Vec<String>,
    },
}

/// What is wrong with a template, and where in it.
type Fault = (Message, Option<Range<usize>>);

/// The longest text of a pattern, in bytes.
const MAX_PATTERN: usize = 4_000;

/// What may be done with a name.
const FILTERS: [&str; 7] = ["capitalize", "lower", "title", "trim", "upper", "w", "z"];
/// What may be done with a noun as a whole, since it takes more than one of its forms.
const NOUN_FILTERS: [&str; 2] = ["a", "agree"];

/// Why a text is not read as a template at all: it says more than names and what is done with them. A language that can
/// repeat and join could fill the memory with a line, and an endless expression the stack.
fn refused(text: &str) -> Option<Fault> {
    if text.len() > MAX_PATTERN {
        return Some((say!("it is longer than any pattern that is read"), None));
    }
    if let Some(start) = text.find("{%") {
        return Some((say!("a pattern has names between double braces, and no statements"), Some(start..start + 2)));
    }
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|open| from + open + 2) {
        let close = text[open..].find("}}").map(|close| open + close)?;
        let inside = &text[open..close];
        let range = Some(open..close);
        if is_too_long(inside) {
            return Some((say!("what stands between these braces is longer than any that is read"), range));
        }
        if let Ok(expression) = parse_expr(inside)
            && !is_plain(&expression)
        {
            let message = say!(
                "between double braces stands a name and what is done with it, as in `{{ staff.one | capitalize }}`"
            );
            return Some((message, range));
        }
        from = close + 2;
    }
    None
}

/// Whether an expression is a name, a part of one, or either through a filter.
fn is_plain(expression: &ast::Expr<'_>) -> bool {
    match expression {
        ast::Expr::Var(_) => true,
        ast::Expr::GetAttr(get) => is_plain(&get.expr),
        ast::Expr::Filter(filter) => {
            let is_word = |arg: &ast::CallArg<'_>| matches!(arg, ast::CallArg::Pos(ast::Expr::Const(_)));
            let is_known = FILTERS.contains(&filter.name) && filter.args.is_empty()
                || filter.name == "a" && filter.args.is_empty()
                || filter.name == "agree" && !filter.args.is_empty() && filter.args.iter().all(is_word);
            is_known && filter.expr.as_ref().is_some_and(is_plain)
        }
        _ => false,
    }
}

/// Whether a template prints a noun without saying in which form.
fn prints_bare_noun(text: &str) -> bool {
    fn is_bare(expression: &ast::Expr<'_>) -> bool {
        match expression {
            ast::Expr::Var(var) => NOUNS.contains(&var.id),
            ast::Expr::Filter(filter) => {
                let takes_noun = NOUN_FILTERS.contains(&filter.name);
                filter.expr.as_ref().is_some_and(|inner| match inner {
                    ast::Expr::Var(_) if takes_noun => false,
                    inner => is_bare(inner),
                })
            }
            _ => false,
        }
    }
    let insides = text.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
    insides.filter_map(|(inside, _)| parse_expr(inside).ok()).any(|expression| is_bare(&expression))
}

/// The names that a template uses: `customer.acc`, `phase`.
fn names(text: &str) -> Result<BTreeSet<String>, Fault> {
    if let Some(fault) = refused(text) {
        return Err(fault);
    }
    let template = ENVIRONMENT.template_from_str(text).map_err(|error| fault(&error, text))?;
    Ok(template.undeclared_variables(true).into_iter().collect())
}

/// Whether a text is a template at all.
fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%") || text.contains("{#")
}

/// All texts of a pattern.
fn texts(pattern: &Pattern) -> impl Iterator<Item = &Worded> {
    let teaching = pattern.teaching.fields().into_iter().flat_map(|(_, texts)| texts);
    std::iter::once(&pattern.text).chain(teaching).flat_map(|text| &text.0)
}

/// What is wrong with the texts of a pattern, in the order of its texts.
pub fn check_pattern(book: &Book, pattern: &Pattern) -> Vec<PatternFault> {
    let mut faults = Vec::new();
    for worded in texts(pattern).filter(|worded| is_template(&worded.text)) {
        let place = |range: Option<Range<usize>>| {
            let is_verbatim = (worded.span.end - worded.span.start) as usize == worded.text.len();
            range.filter(|_| is_verbatim).map_or(worded.span, |range| worded.span.within(range))
        };
        let names = match names(&worded.text) {
            Ok(names) => names,
            Err((message, range)) => {
                faults.push(PatternFault::Syntax { span: place(range), message });
                continue;
            }
        };
        let before = faults.len();
        for name in names {
            let span = place(worded.text.find(&name).map(|start| start..start + name.len()));
            let (root, form) = name.split_once('.').unwrap_or((&name, ""));
            if NOUNS.contains(&root) {
                if form.is_empty() && !prints_bare_noun(&worded.text) {
                    continue;
                }
                let known = forms(book, &worded.language, root);
                if !known.iter().any(|known| known == form) {
                    faults.push(PatternFault::UnknownForm { span, name, language: worded.language.clone(), known });
                }
            } else if !TITLES.contains(&root) || !form.is_empty() {
                let known = NOUNS.iter().map(|noun| format!("{noun}.FORM")).chain(TITLES.map(str::to_owned)).collect();
                faults.push(PatternFault::UnknownName { span, name, known });
            }
        }
        // Filters and the like are looked up only when a template is filled in, so each is tried once.
        if let Some(Err((message, range))) = (faults.len() == before).then(|| trial(book, worded)) {
            faults.push(PatternFault::Syntax { span: place(range), message });
        }
    }
    faults
}

/// Fills a text in with words that stand for themselves.
fn trial(book: &Book, worded: &Worded) -> Result<(), Fault> {
    let noun = |noun: &str| -> BTreeMap<String, String> {
        let forms = forms(book, &worded.language, noun).into_iter().map(|form| (form.clone(), form));
        let beside = agreement::beside(worded.language.primary(), noun, None);
        forms.chain(beside.map(|(name, word)| (name.to_owned(), word))).collect()
    };
    let (customer, staff) = (Value::from(noun("customer")), Value::from(noun("staff")));
    let context = minijinja::context! { customer, staff, phase => "phase", step => "step", sequence => "sequence" };
    let filled = ENVIRONMENT.template_from_str(&worded.text).and_then(|template| template.render(context));
    filled.map(drop).map_err(|error| fault(&error, &worded.text))
}

/// What the template engine refused, and where.
fn fault(error: &minijinja::Error, text: &str) -> Fault {
    let range = error.range().filter(|range| text.get(range.clone()).is_some());
    (say!("a brace is not closed, or what stands between the braces is no name"), range)
}

/// The forms of a noun that a text in that language may ask for.
fn forms(book: &Book, language: &Language, noun: &str) -> Vec<String> {
    let fixed = NOUN_FORMS.iter().find(|(tag, _)| *tag == language.primary());
    if let Some((_, forms)) = fixed {
        return forms.iter().map(|form| (*form).to_owned()).collect();
    }
    let nouns: Vec<&Noun> = match noun {
        "customer" => {
            let own = book.sequences.iter().map(|sequence| &sequence.customer);
            std::iter::once(&book.customer).chain(own).collect()
        }
        _ => std::iter::once(&book.staff).chain(book.roles.iter().map(|role| &role.noun)).collect(),
    };
    let named = nouns.iter().filter_map(|noun| noun.forms.get(language)).flat_map(|forms| &forms.forms);
    named.map(|(form, _)| form.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// A form that a pattern asks for and a noun lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingForm {
    /// Where the noun is written, or should be.
    pub noun: Span,
    /// `customer`, `staff`, or a role's id.
    pub name: String,
    /// The sequence whose own word for the customer it is.
    pub sequence: Option<String>,
    /// The language.
    pub language: Language,
    /// The form.
    pub form: String,
    /// The text that asks for it.
    pub asked: Span,
}

/// Where a pattern is filled in: the words it gets.
pub(super) struct PatternContext<'a> {
    pub(super) sequence: &'a Sequence,
    pub(super) phase: &'a Phase,
    pub(super) step: Option<&'a Step>,
    /// The first role that keeps the standard.
    pub(super) role: Option<&'a str>,
}

/// Fills patterns in for one book. Nouns are turned into template values once, not for every sentence.
pub(super) struct Filler<'a> {
    book: &'a Book,
    nouns: BTreeMap<(String, Language), Value>,
    templates: Environment<'static>,
}

impl<'a> Filler<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let mut filler = Filler { book, nouns: BTreeMap::new(), templates: environment() };
        for language in languages(book) {
            let (of_customer, of_staff) = (forms(book, &language, "customer"), forms(book, &language, "staff"));
            let customer = filler.noun_value(&book.customer, &language, "customer", &of_customer);
            let staff = filler.noun_value(&book.staff, &language, "staff", &of_staff);
            for role in &book.roles {
                let noun = if role.noun.forms.contains_key(&language) { &role.noun } else { &book.staff };
                let value = filler.noun_value(noun, &language, "staff", &of_staff);
                filler.nouns.insert((format!("role {}", role.id.name), language.clone()), value);
            }
            for sequence in book.sequences.iter().filter(|sequence| sequence.customer.forms.contains_key(&language)) {
                let value = filler.noun_value(&sequence.customer, &language, "customer", &of_customer);
                filler.nouns.insert((format!("sequence {}", sequence.id.name), language.clone()), value);
            }
            filler.nouns.insert(("customer".to_owned(), language.clone()), customer);
            filler.nouns.insert(("staff".to_owned(), language), staff);
        }
        for pattern in book.traits.iter().flat_map(|of_trait| &of_trait.patterns) {
            for worded in texts(pattern).filter(|worded| is_template(&worded.text) && refused(&worded.text).is_none()) {
                // A text that is no template is a finding of its own (`bad-template`), and stands as written.
                let _ = filler.templates.add_template_owned(worded.text.clone(), worded.text.clone());
            }
        }
        filler
    }

    /// A noun's forms as a value, `known` being those that texts may ask for. A form that the language has and the noun
    /// lacks is its first form; a noun that lacks the language is taken in another; both are findings of their own
    /// (`missing-noun-form`).
    fn noun_value(&self, noun: &Noun, language: &Language, name: &str, known: &[String]) -> Value {
        let forms = noun.forms.get(language).or_else(|| noun.forms.get(self.book.source_language()));
        let forms = forms.or_else(|| noun.forms.values().next());
        let none = NounForms::default();
        let forms = forms.unwrap_or(&none);
        let first = forms.forms.iter().find(|(form, _)| form != GENDER).map_or(name, |(_, word)| word.as_str());
        let mut values: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        for form in known {
            values.insert(form.as_str().into(), Value::from(first));
        }
        for (form, word) in &forms.forms {
            values.insert(form.as_str().into(), Value::from(word.as_str()));
        }
        for (name, word) in agreement::beside(language.primary(), first, forms.get(GENDER)) {
            values.insert(name.into(), Value::from(word));
        }
        Value::from(values)
    }

    /// A text of a pattern with its names filled in, in each language it has.
    pub(super) fn fill(&self, text: &Text, place: &PatternContext<'_>) -> Text {
        let filled = text.0.iter().map(|worded| {
            if !is_template(&worded.text) {
                return worded.clone();
            }
            let text = self.fill_one(worded, place).unwrap_or_else(|| worded.text.clone());
            Worded { language: worded.language.clone(), text, span: worded.span }
        });
        Text(filled.collect())
    }

    fn fill_one(&self, worded: &Worded, place: &PatternContext<'_>) -> Option<String> {
        let template = self.templates.get_template(&worded.text).ok()?;
        let language = &worded.language;
        let noun = |name: String| self.nouns.get(&(name, language.clone())).cloned();
        let staff = place.role.and_then(|role| noun(format!("role {role}"))).or_else(|| noun("staff".to_owned()));
        let has_own = place.sequence.customer.forms.contains_key(language);
        let own = has_own.then(|| noun(format!("sequence {}", place.sequence.id.name))).flatten();
        let customer = own.or_else(|| noun("customer".to_owned()));
        let source = self.book.source_language();
        let title = |text: &Text| Value::from(text.best(language, source).map_or("", |worded| worded.text.as_str()));
        let step = place.step.and_then(Step::label).map_or_else(
            || place.step.map_or_else(|| title(&place.phase.title), |step| Value::from(step.id.name.as_str())),
            title,
        );
        let context = minijinja::context! {
            customer => customer,
            staff => staff,
            phase => title(&place.phase.title),
            sequence => title(&place.sequence.title),
            step => step,
        };
        template.render(context).ok()
    }
}

/// All languages that a pattern's text may be in: the book's, and English for a text the library has in no other.
fn languages(book: &Book) -> Vec<Language> {
    let mut languages = book.languages.clone();
    if !languages.contains(Language::english()) {
        languages.push(Language::english().clone());
    }
    languages
}

/// The forms that `pattern` asks for and that the nouns it gets in a sequence lack. `role` is the one that keeps the standard.
pub fn missing_forms(book: &Book, pattern: &Pattern, role: Option<&str>, sequence: &Sequence) -> Vec<MissingForm> {
    let mut missing = Vec::new();
    let own = Some(&sequence.customer).filter(|own| !own.forms.is_empty());
    for worded in texts(pattern).filter(|worded| is_template(&worded.text) && book.languages.contains(&worded.language))
    {
        let Ok(names) = names(&worded.text) else { continue };
        for name in &names {
            let Some((root, form)) = name.split_once('.').filter(|(root, _)| NOUNS.contains(root)) else { continue };
            if !forms(book, &worded.language, root).iter().any(|known| known == form) {
                continue;
            }
            let of_role = role.and_then(|role| book.role(role)).filter(|_| root == "staff");
            let of_role = of_role.filter(|role| role.noun.forms.contains_key(&worded.language));
            let (noun, owner) = match (root, of_role) {
                ("customer", _) => (own.unwrap_or(&book.customer), "customer"),
                (_, Some(role)) => (&role.noun, role.id.name.as_str()),
                _ => (&book.staff, "staff"),
            };
            let has = noun.forms.get(&worded.language).is_some_and(|forms| forms.get(form).is_some());
            if !has {
                let place = noun.forms.get(&worded.language).map_or(noun.span, |forms| forms.span);
                missing.push(MissingForm {
                    noun: if place == Span::default() { book.span } else { place },
                    name: owner.to_owned(),
                    sequence: own.filter(|_| root == "customer").map(|_| sequence.id.name.clone()),
                    language: worded.language.clone(),
                    form: form.to_owned(),
                    asked: worded.span,
                });
            }
        }
    }
    missing
}
