//! Expressions of authors, before they are run: how long they may be, what is compared in them with what, and the slips of
//! people who have seen another language's.

mod slips;

use std::ops::Range;

use minijinja::machinery::{Span as Place, ast, parse_expr};

use super::condition::COUNTRY;
use super::country::Country;
use super::model::Attribute;
use crate::message::Message;
use crate::say;
use crate::text::nearest;
pub(super) use slips::{bare_word, slip};

/// The longest expression, in characters. People write a tenth of it.
pub const MAX_LENGTH: usize = 1_000;

/// So many words, figures and marks an expression may have: it is read by functions that call themselves, so its depth is
/// bounded before it is read.
const MAX_PARTS: usize = 250;

/// Whether an expression is longer, or made of more parts, than is ever read.
pub fn is_too_long(expression: &str) -> bool {
    if expression.len() > MAX_LENGTH && expression.chars().count() > MAX_LENGTH {
        return true;
    }
    let mut parts = 0;
    let mut in_word = false;
    for letter in expression.chars() {
        let is_of_word = letter.is_alphanumeric() || letter == '_';
        let goes_on = letter.is_whitespace() || is_of_word && in_word;
        parts += usize::from(!goes_on);
        in_word = is_of_word;
    }
    parts > MAX_PARTS
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueType {
    /// `true` or `false`.
    Truth,
    /// A number.
    Number,
    /// A text.
    Text,
}

impl ValueType {
    pub(super) fn of(attribute: &Attribute) -> ValueType {
        match attribute {
            Attribute::Bool(_) => ValueType::Truth,
            Attribute::Number(_) => ValueType::Number,
            Attribute::Text(_) => ValueType::Text,
        }
    }

    pub(super) fn title(self) -> Message {
        match self {
            ValueType::Truth => say!("a truth value"),
            ValueType::Number => say!("a number"),
            ValueType::Text => say!("a text"),
        }
    }
}

/// What is known of the sites' attributes.
pub(super) trait Attributes {
    /// What an attribute is at every site that has it; none where sites differ or that is not known.
    fn kind(&self, name: &str) -> Option<ValueType>;
    /// The texts and numbers that an attribute has at some site, as they are shown.
    fn values(&self, name: &str) -> Vec<String>;
}

/// What is wrong with the types of a condition.
pub(super) enum Mistyped {
    /// Things of two kinds are compared, or a text stands for a truth value.
    Kinds { range: Range<usize>, message: Message, help: Message },
    /// A text that the attribute has at no site.
    NoSuchValue { range: Range<usize>, message: Message, help: Message },
}

/// Looks at what an expression compares with what. One that cannot be read has none of these.
pub(super) fn mistyped(source: &str, attributes: &dyn Attributes) -> Vec<Mistyped> {
    let Ok(expression) = parse_expr(source) else { return Vec::new() };
    let mut judge = Judge { attributes, mistyped: Vec::new() };
    judge.truth(&expression);
    judge.mistyped
}

struct Judge<'a> {
    attributes: &'a dyn Attributes,
    mistyped: Vec<Mistyped>,
}

impl Judge<'_> {
    /// Judges an expression whose value is taken for a truth value.
    fn truth(&mut self, expression: &ast::Expr<'_>) {
        let is_site = matches!(expression, ast::Expr::Var(var) if var.id == "site");
        let kind = self.kind(expression);
        if kind == Some(ValueType::Number) || is_site {
            self.mistyped.push(Mistyped::Kinds {
                range: range(expression.span()),
                message: say!("this stands here for a truth value, and is none"),
                help: say!(
                    "compare it, as in `site.rooms >= 50`; each side of `and` and `or` is a comparison of its own"
                ),
            });
        } else if kind == Some(ValueType::Text) {
            let range = range(expression.span());
            self.mistyped.push(match attribute(expression) {
                Some(name) => Mistyped::Kinds {
                    range,
                    message: say!("`site.{name}` is a text, and stands here for a truth value", name),
                    help: say!("write `{name}: true` or `{name}: false` in sites/, or compare it, as in `site.{name} == \"…\"`", name),
                },
                None => Mistyped::Kinds {
                    range,
                    message: say!("a text stands here for a truth value, and every text holds"),
                    help: say!("compare an attribute of the site with it, as in `site.id == \"…\"`"),
                },
            });
        }
    }

    /// What an expression is, where that is known; what stands inside it is judged on the way.
    fn kind(&mut self, expression: &ast::Expr<'_>) -> Option<ValueType> {
        match expression {
            ast::Expr::Const(constant) => of_constant(&constant.value),
            ast::Expr::Var(var) if var.id == COUNTRY => Some(ValueType::Text),
            ast::Expr::GetAttr(_) => attribute(expression).and_then(|name| self.attributes.kind(name)),
            ast::Expr::UnaryOp(unary) => match unary.op {
                ast::UnaryOpKind::Not => {
                    self.truth(&unary.expr);
                    Some(ValueType::Truth)
                }
                ast::UnaryOpKind::Neg => self.kind(&unary.expr).map(|_| ValueType::Number),
            },
            ast::Expr::BinOp(binary) => self.binary(binary),
            ast::Expr::Compare(chain) => {
                let mut left = &chain.expr;
                for operand in &chain.ops {
                    self.compare(left, &operand.expr, Comparison::of(operand.op));
                    left = &operand.expr;
                }
                Some(ValueType::Truth)
            }
            ast::Expr::IfExpr(choice) => {
                self.truth(&choice.test_expr);
                let kind = self.kind(&choice.true_expr);
                let other = choice.false_expr.as_ref().and_then(|other| self.kind(other));
                kind.filter(|kind| other == Some(*kind))
            }
            ast::Expr::Test(test) => {
                self.kind(&test.expr);
                Some(ValueType::Truth)
            }
            _ => None,
        }
    }

    fn binary(&mut self, binary: &ast::BinOp<'_>) -> Option<ValueType> {
        use ast::BinOpKind as Op;
        match binary.op {
            Op::ScAnd | Op::ScOr => {
                self.truth(&binary.left);
                self.truth(&binary.right);
                Some(ValueType::Truth)
            }
            Op::Eq | Op::Ne | Op::Lt | Op::Lte | Op::Gt | Op::Gte => {
                let comparison =
                    if matches!(binary.op, Op::Eq | Op::Ne) { Comparison::Equal } else { Comparison::Order };
                self.compare(&binary.left, &binary.right, comparison);
                Some(ValueType::Truth)
            }
            Op::In => {
                self.compare(&binary.left, &binary.right, Comparison::Member);
                Some(ValueType::Truth)
            }
            Op::Concat => Some(ValueType::Text),
            _ => {
                let (left, right) = (self.kind(&binary.left), self.kind(&binary.right));
                (left == Some(ValueType::Number) && right == Some(ValueType::Number)).then_some(ValueType::Number)
            }
        }
    }

    /// Judges the two sides of a comparison.
    fn compare(&mut self, left: &ast::Expr<'_>, right: &ast::Expr<'_>, comparison: Comparison) {
        if comparison == Comparison::Member {
            let items: &[ast::Expr<'_>] = match right {
                ast::Expr::List(list) => &list.items,
                ast::Expr::Tuple(tuple) => &tuple.items,
                _ => &[],
            };
            items.iter().for_each(|item| self.compare(left, item, Comparison::Equal));
            return;
        }
        let (Some(left_kind), Some(right_kind)) = (self.kind(left), self.kind(right)) else { return };
        let end = range(right.span()).end;
        let whole = range(left.span()).start..end;
        if left_kind != right_kind {
            let message = say!(
                "{left} is compared with {right}",
                left = self.named(left, left_kind),
                right = self.named(right, right_kind)
            );
            let help = match attribute(left).or(attribute(right)) {
                Some(name) => say!("compare like with like; what `{name}` is, sites/ says", name),
                None => say!("compare like with like"),
            };
            self.mistyped.push(Mistyped::Kinds { range: whole, message, help });
            return;
        }
        for (side, value) in [(left, right), (right, left)] {
            if matches!(side, ast::Expr::Var(var) if var.id == COUNTRY) {
                self.country(value);
            }
            let (Some(name), Some(text)) = (attribute(side), constant(value)) else { continue };
            // What is above or below a number need be no site's.
            if left_kind == ValueType::Number && comparison != Comparison::Equal {
                continue;
            }
            let known = self.attributes.values(name);
            if known.is_empty() || known.contains(&text) {
                continue;
            }
            // Of figures none is nearer than another by its letters.
            let near = nearest(&text, known.iter().map(String::as_str)).filter(|_| left_kind == ValueType::Text);
            let help = match near {
                Some(near) => say!("did you mean `{near}`?", near),
                None => say!(
                    "values there are: {known}",
                    known = known.iter().take(12).map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
                ),
            };
            let message = say!("`{name}` is `{text}` at no site of the book", name, text);
            self.mistyped.push(Mistyped::NoSuchValue { range: range(value.span()), message, help });
        }
    }

    /// Judges what the country is compared with: the code of one, whether or not a site of the book is there.
    fn country(&mut self, value: &ast::Expr<'_>) {
        let Some(text) = constant(value) else { return };
        if let Err(meant) = Country::read(&text) {
            let message = say!("`{text}` is not the code of a country", text);
            let help = Country::help(meant);
            self.mistyped.push(Mistyped::NoSuchValue { range: range(value.span()), message, help });
        }
    }

    fn named(&self, expression: &ast::Expr<'_>, kind: ValueType) -> Message {
        match attribute(expression) {
            Some(name) => say!("{name} ({kind})", name = format!("`site.{name}`"), kind = kind.title()),
            None => kind.title(),
        }
    }
}

fn of_constant(value: &minijinja::Value) -> Option<ValueType> {
    use minijinja::value::ValueKind as V;
    match value.kind() {
        V::Bool => Some(ValueType::Truth),
        V::Number => Some(ValueType::Number),
        V::String => Some(ValueType::Text),
        _ => None,
    }
}

/// The attribute that `site.NAME` reads.
fn attribute<'e>(expression: &ast::Expr<'e>) -> Option<&'e str> {
    let ast::Expr::GetAttr(get) = expression else { return None };
    matches!(&get.expr, ast::Expr::Var(var) if var.id == "site").then_some(get.name)
}

/// A text or a number that is written there, as it is shown.
fn constant(expression: &ast::Expr<'_>) -> Option<String> {
    let ast::Expr::Const(constant) = expression else { return None };
    let is_number = of_constant(&constant.value) == Some(ValueType::Number);
    constant.value.as_str().map(str::to_owned).or_else(|| is_number.then(|| constant.value.to_string()))
}

/// How two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    /// Whether they are the same.
    Equal,
    /// Which one is more.
    Order,
    /// Whether the left is in the list on the right.
    Member,
}

impl Comparison {
    fn of(operator: ast::CompareOpKind) -> Self {
        match operator {
            ast::CompareOpKind::In | ast::CompareOpKind::NotIn => Comparison::Member,
            ast::CompareOpKind::Eq | ast::CompareOpKind::Ne => Comparison::Equal,
            _ => Comparison::Order,
        }
    }
}

fn range(place: Place) -> Range<usize> {
    place.start_offset as usize..place.end_offset as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sites;

    impl Attributes for Sites {
        fn kind(&self, name: &str) -> Option<ValueType> {
            match name {
                "rooms" => Some(ValueType::Number),
                "parking" => Some(ValueType::Truth),
                "id" | "style" => Some(ValueType::Text),
                _ => None,
            }
        }
        fn values(&self, name: &str) -> Vec<String> {
            match name {
                "id" => vec!["krakow".to_owned(), "sopot".to_owned()],
                "rooms" => vec!["6".to_owned(), "9".to_owned()],
                _ => Vec::new(),
            }
        }
    }

    fn found(source: &str) -> Vec<String> {
        let shown = |mistyped: &Mistyped| match mistyped {
            Mistyped::Kinds { range, message, .. } => format!("{}: {message}", &source[range.clone()]),
            Mistyped::NoSuchValue { range, message, help } => format!("{}: {message}; {help}", &source[range.clone()]),
        };
        mistyped(source, &Sites).iter().map(shown).collect()
    }

    #[test]
    fn like_is_compared_with_like() {
        for sound in [
            "site.rooms >= 50 and site.parking",
            "not site.parking or site.rooms < 10.5",
            "site.id == \"krakow\"",
            "site.id in [\"krakow\", \"sopot\"]",
            "site.style == \"modern\"",
            "10 < site.rooms < 20",
            "site.new >= 3",
            "site.rooms * 2 > 7",
        ] {
            assert_eq!(found(sound), Vec::<String>::new(), "{sound}");
        }
    }

    #[test]
    fn texts_are_no_truth_values_and_no_numbers() {
        assert_eq!(found("site.style"), ["site.style: `site.style` is a text, and stands here for a truth value"]);
        assert_eq!(found("site.parking and not site.style").len(), 1);
        assert_eq!(
            found("site.rooms >= \"sto\""),
            ["site.rooms >= \"sto\": `site.rooms` (a number) is compared with a text"]
        );
        assert_eq!(found("site.parking == \"non\"").len(), 1);
        assert_eq!(found("site.style > 100 or site.parking").len(), 1);
        assert_eq!(found("site.id in [\"krakow\", 7]").len(), 1);
        assert_eq!(found("\"a\"").len(), 1);
        for no_truth in ["site.rooms == 6 or 9", "5", "site", "site.parking and site.rooms", "not site.rooms"] {
            assert_eq!(found(no_truth).len(), 1, "{no_truth}");
        }
    }

    #[test]
    fn a_value_that_no_site_has_is_told() {
        assert_eq!(
            found("site.id == \"krakov\""),
            ["\"krakov\": `id` is `krakov` at no site of the book; did you mean `krakow`?"]
        );
        assert_eq!(found("site.rooms == 8"), ["8: `rooms` is `8` at no site of the book; values there are: `6`, `9`"]);
        assert_eq!(found("site.rooms in [6, 8]").len(), 1);
        assert_eq!(found("site.rooms != 9 and site.rooms < 8"), Vec::<String>::new());
    }

    #[test]
    fn what_is_never_read_is_known_by_its_length() {
        assert!(!is_too_long("site.rooms >= 50 and site.stars >= 4"));
        for bomb in [
            format!("{}1", "-".repeat(300)),
            "not ".repeat(300),
            vec!["1"; 300].join("+"),
            "a|b".repeat(200),
            ".a".repeat(300),
            "x".repeat(2000),
        ] {
            assert!(is_too_long(&bomb), "{}", &bomb[..20]);
        }
    }
}
