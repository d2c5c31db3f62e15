//! The page of the rules, from the register.

use std::fmt::Write;

use gamma_ok::check::{explain, rules};
use gamma_ok::diag::RuleGroup;
use gamma_ok::language::Interface;

use super::{cell, plain, word};

/// All rules: a table, then what `explain` says of each.
pub fn page(interface: &'static Interface) -> String {
    let title = word(interface, ["The rules", "Reguły", "Reglerna"]);
    let about = word(interface, ABOUT);
    let heads = [
        word(interface, ["rule", "reguła", "regel"]),
        word(interface, ["default", "domyślnie", "standard"]),
        word(interface, ["finds", "znajduje", "hittar"]),
    ];
    let always = word(interface, ["always an error", "zawsze błąd", "alltid ett fel"]);
    let mut page = format!("# {title}\n\n{about}\n");
    for group in RuleGroup::ALL {
        let rules: Vec<_> = rules().filter(|rule| rule.code.group() == group).collect();
        if rules.is_empty() {
            continue;
        }
        let [rule, default, finds] = heads;
        let _ =
            write!(page, "\n## {}\n\n| {rule} | {default} | {finds} |\n|---|---|---|\n", interface.say(&group.title()));
        for rule in &rules {
            let code = rule.code.word();
            let severity = if rule.code.is_optional() { rule.code.severity().word() } else { always };
            let summary = cell(&plain(interface.translate(rule.summary)));
            let _ = writeln!(page, "| [`{code}`](#{code}) | {severity} | {summary} |");
        }
        for rule in &rules {
            let _ = write!(page, "\n{}", below_its_heading(&explain(rule.code, interface)));
        }
    }
    page
}

const ABOUT: [&str; 3] = [
    "What `gamma-ok check` looks for. `gamma-ok explain RULE` prints the same on a terminal. Severities are set in \
     `gamma-ok.yaml` (`rules: {vague-word: error, long-statement: off}`), exceptions beside an entry \
     (`allow: [vague-word]`). What is always an error cannot be switched off.",
    "Czego szuka `gamma-ok check`. `gamma-ok explain REGUŁA` wypisuje to samo w terminalu. Wagę reguły ustawia się w \
     `gamma-ok.yaml` (`rules: {vague-word: error, long-statement: off}`), a wyjątek dopisuje przy wpisie \
     (`allow: [vague-word]`). Tego, co zawsze jest błędem, nie da się wyłączyć.",
    "Det som `gamma-ok check` letar efter. `gamma-ok explain REGEL` skriver samma sak i terminalen. Hur allvarlig en regel \
     är anges i `gamma-ok.yaml` (`rules: {vague-word: error, long-statement: off}`), undantag bredvid en post \
     (`allow: [vague-word]`). Det som alltid är ett fel kan inte stängas av.",
];

/// The documentation of a rule as a part of a page: its headings become lower ones and bold words, its examples fenced.
fn below_its_heading(explained: &str) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in explained.lines() {
        let example = line.strip_prefix("    ");
        if example.is_some() != in_example && !(in_example && line.is_empty()) {
            in_example = example.is_some();
            if !in_example {
                // The blank line that ended the example stands below the fence.
                text.truncate(text.trim_end().len());
                text.push('\n');
            }
            text.push_str(if in_example { "```yaml\n" } else { "```\n\n" });
        }
        let line = match (example, line.strip_prefix("# "), line.strip_prefix("## ")) {
            (Some(example), ..) => example.to_owned(),
            (_, Some(code), _) => format!("### {code}"),
            (_, _, Some(head)) => format!("**{head}**"),
            _ => plain(line),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}
