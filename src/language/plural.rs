//! Which form of a noun goes with a number.

use minijinja::{Environment, Expression, context};

use crate::source::yaml::Node;

/// A language's rule: expressions over `n`, the first that holds names the form.
pub(super) struct Plural(Vec<(String, Expression<'static, 'static>)>);

impl std::fmt::Debug for Plural {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(form, _)| form)).finish()
    }
}

/// The environment of the expressions; it holds nothing.
fn environment() -> &'static Environment<'static> {
    static EMPTY: std::sync::LazyLock<Environment<'static>> = std::sync::LazyLock::new(Environment::empty);
    &EMPTY
}

impl Plural {
    /// Reads `form: expression` lines. One that is no expression is left out; a test keeps the files free of such.
    pub(super) fn read(node: Option<&Node>) -> Self {
        let entries = node.map(Node::entries).unwrap_or_default();
        let rule = |text: &str| environment().compile_expression_owned(text.to_owned()).ok();
        Plural(entries.iter().filter_map(|entry| Some((entry.key.to_string(), rule(entry.value.text()?)?))).collect())
    }

    /// The form for `n`: `one`, `few`, `many` or `other`.
    pub(super) fn form(&self, n: f64) -> &str {
        let whole = n.fract() == 0.0 && n.abs() < 1e15;
        let holds = |rule: &Expression<'static, 'static>| {
            let value =
                if whole { rule.eval(context! { n => n as i64, whole }) } else { rule.eval(context! { n, whole }) };
            value.is_ok_and(|value| value.is_true())
        };
        self.0.iter().find(|(_, rule)| holds(rule)).map_or("other", |(form, _)| form)
    }
}
