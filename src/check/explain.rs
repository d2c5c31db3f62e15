//! A rule's documentation as text, for `explain`.

use super::rule;
use crate::diag::{Code, Rule};
use crate::language::Interface;
use crate::say;

/// The documentation of a rule in Markdown, in a language.
pub fn explain(code: Code, interface: &Interface) -> String {
    rule(code).map(|rule| text(rule, interface)).unwrap_or_default()
}

fn text(rule: &Rule, interface: &Interface) -> String {
    let code = rule.code;
    let [summary, why, bad, good] = [rule.summary, rule.why, rule.bad, rule.good].map(|text| interface.translate(text));
    let switch = match code.is_optional() {
        false => say!("This rule is an error and cannot be switched off: without it the book cannot be understood."),
        true => say!(
            "For the whole book, write in gamma-ok.yaml `rules: {{code}: off}`, or `note`, `warning` or `error` in place of \
             `off`. For one entry (a sequence, phase, step, standard, trait, pattern or role), add to it `allow: [{code}]`.",
            code
        ),
    };
    let usual =
        say!("{group}, `{severity}` by default.", group = code.group().title(), severity = code.severity().word());
    let heads = [say!("Instead of"), say!("Write"), say!("Switching it off")];
    let [instead, write, off] = heads.map(|head| interface.say(&head));
    let (usual, switch) = (interface.say(&usual), interface.say(&switch));
    let (bad, good) = (block(bad), block(good));
    format!(
        "# {code}\n\n{summary}.\n\n{usual}\n\n{why}\n\n## {instead}\n\n{bad}\n## {write}\n\n{good}\n## {off}\n\n{switch}\n"
    )
}

/// An example as an indented block, which needs no fence that it could break out of.
fn block(example: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
    example.lines().map(line).collect()
}
