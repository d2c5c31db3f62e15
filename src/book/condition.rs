//! Conditions: minijinja expressions over the site, such as `site.rooms >= 50 and site.stars >= 4`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use minijinja::{Environment, Expression, UndefinedBehavior, Value};

use super::expression::{bare_word, slip};
use super::model::{Attribute, Site};
use crate::message::Message;
use crate::say;
use crate::source::Span;

/// A compiled condition and its place.
#[derive(Clone)]
pub struct Condition {
    /// The expression as written.
    pub source: Arc<str>,
    /// Where it is written.
    pub span: Span,
    /// The site's attributes that it speaks of.
    pub attributes: BTreeSet<String>,
    /// Whether it asks for the country.
    pub asks_country: bool,
    /// The country of the book, which holds where no site is spoken of.
    home: Option<String>,
    compiled: Arc<Expression<'static, 'static>>,
}

/// What a condition calls the country, and a site its own.
pub(crate) const COUNTRY: &str = "country";

/// How many steps an expression may take: far more than a person writes, little enough to end at once.
const FUEL: u64 = 20_000;

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment
});

impl Condition {
    /// Compiles an expression.
    ///
    /// # Errors
    /// What is wrong with it, and where in `source` if known.
    pub fn parse(source: &str, span: Span) -> Result<Self, (Message, Option<std::ops::Range<usize>>)> {
        let compiled = ENVIRONMENT.compile_expression_owned(source.to_owned()).map_err(|error| {
            // The engine points at one byte, also of a character that has several.
            let range = error.range().filter(|range| source.get(range.clone()).is_some());
            match slip(source) {
                Some((range, cure)) => (cure, Some(range)),
                None => (say!("it is not an expression"), range),
            }
        })?;
        let (mut attributes, mut asks_country) = (BTreeSet::new(), false);
        for name in compiled.undeclared_variables(true).into_iter().collect::<BTreeSet<_>>() {
            match name.split_once('.') {
                Some(("site", attribute)) => {
                    attributes.insert(attribute.split('.').next().unwrap_or(attribute).to_owned());
                }
                _ if name == "site" => {}
                _ if name == COUNTRY => asks_country = true,
                _ => {
                    if let Some((range, cure)) = bare_word(source, &name) {
                        return Err((cure, Some(range)));
                    }
                    let start = source.find(&name);
                    let range = start.map(|start| start..start + name.len());
                    return Err((
                        say!(
                            "`{name}` is unknown: a condition speaks of the site only, as in `site.rooms >= 50`",
                            name
                        ),
                        range,
                    ));
                }
            }
        }
        let compiled = Arc::new(compiled);
        Ok(Condition { source: source.into(), span, attributes, asks_country, home: None, compiled })
    }

    /// The same in a book of that country.
    pub(crate) fn at_home(self, country: Option<&str>) -> Self {
        Condition { home: country.map(str::to_owned), ..self }
    }

    /// Whether it holds at a site. Without a site everything applies, but what is another country's than the book's; a
    /// condition that needs an attribute which the site lacks is false as a whole.
    pub fn holds(&self, site: Option<&Site>) -> bool {
        let Some(site) = site else {
            return match &self.home {
                Some(country) if self.asks_country && self.attributes.is_empty() => {
                    let country = country.as_str();
                    self.compiled.eval(minijinja::context! { country }).is_ok_and(|value| value.is_true())
                }
                _ => true,
            };
        };
        self.has_all(site) && self.value(site).is_ok_and(|value| value.is_true())
    }

    /// Whether it cannot be worked out at a site that has all it speaks of: an unknown filter, a sum of a text.
    pub fn fails(&self, site: &Site) -> bool {
        self.has_all(site) && self.value(site).is_err()
    }

    fn has_all(&self, site: &Site) -> bool {
        let has = |name: &str| site.attribute(name).is_some();
        self.attributes.iter().all(|name| has(name)) && (!self.asks_country || has(COUNTRY))
    }

    fn value(&self, site: &Site) -> Result<Value, minijinja::Error> {
        let mut values: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        values.insert("id".into(), Value::from(site.id.name.as_str()));
        values.extend(site.title.0.first().map(|title| ("title".into(), Value::from(title.text.as_str()))));
        values.extend(site.attributes.iter().map(|(name, value)| (name.as_str().into(), value.into())));
        let country = site.attributes.get(COUNTRY).map(Value::from);
        self.compiled.eval(minijinja::context! { site => Value::from(values), country })
    }
}

impl Site {
    /// The value of an attribute; `id` and `title` are attributes too.
    pub fn attribute(&self, name: &str) -> Option<Attribute> {
        match name {
            "id" => Some(Attribute::Text(self.id.name.clone())),
            "title" => self.title.0.first().map(|title| Attribute::Text(title.text.clone())),
            _ => self.attributes.get(name).cloned(),
        }
    }
}

impl From<&Attribute> for Value {
    fn from(attribute: &Attribute) -> Value {
        match attribute {
            Attribute::Bool(value) => Value::from(*value),
            Attribute::Number(value) if value.fract() == 0.0 && value.abs() < 9e15 => Value::from(*value as i64),
            Attribute::Number(value) => Value::from(*value),
            Attribute::Text(value) => Value::from(value.as_str()),
        }
    }
}

impl std::fmt::Debug for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Condition({:?})", self.source)
    }
}

/// Two conditions are equal when they are written alike.
impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Id;

    fn site(rooms: f64) -> Site {
        let id = Id { name: "krakow".to_owned(), ..Id::default() };
        let attributes = [("rooms".to_owned(), Attribute::Number(rooms))].into();
        Site { id, attributes, ..Site::default() }
    }

    fn holds(source: &str, site: Option<&Site>) -> bool {
        Condition::parse(source, Span::default()).expect(source).holds(site)
    }

    #[test]
    fn holds_by_the_attributes_of_the_site() {
        assert!(holds("site.rooms >= 50", Some(&site(240.0))));
        assert!(!holds("site.rooms >= 50", Some(&site(18.0))));
        assert!(holds("site.id == \"krakow\" and not site.rooms < 10", Some(&site(18.0))));
        assert!(holds("site.rooms >= 50", None), "without a site everything applies");
    }

    #[test]
    fn is_false_as_a_whole_where_an_attribute_is_lacking() {
        assert!(!holds("not site.stars >= 4", Some(&site(18.0))));
        assert!(!holds("site.rooms > 1 or site.stars >= 4", Some(&site(18.0))));
    }

    #[test]
    fn a_country_is_that_of_the_site_or_of_the_book() {
        let swedish = Condition::parse("country == \"SE\"", Span::default()).expect("a condition");
        assert!(swedish.asks_country && swedish.attributes.is_empty());
        let site_in = |country: &str| {
            let attributes = [("country".to_owned(), Attribute::Text(country.to_owned()))].into();
            Site { attributes, ..site(1.0) }
        };
        assert!(swedish.holds(Some(&site_in("SE"))) && !swedish.holds(Some(&site_in("PL"))));
        assert!(!swedish.holds(Some(&site(1.0))), "a site of no country is in none");
        assert!(swedish.holds(None), "where nobody names a country, everything applies");
        assert!(!swedish.clone().at_home(Some("PL")).holds(None), "and in another country's book, it does not");
        assert!(swedish.clone().at_home(Some("SE")).holds(None));
        assert!(swedish.at_home(Some("PL")).holds(Some(&site_in("SE"))), "a site's own goes before the book's");
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(Condition::parse("site.rooms >=", Span::default()).is_err());
        assert!(Condition::parse("room > 5", Span::default()).is_err());
        assert!(Condition::parse("range(9) | length", Span::default()).is_err());
    }
}
