//! `explain`: what a rule asks for, and why.

use std::io::Write;

use anyhow::Result;

use super::table::Table;
use super::usage::unknown;
use super::{Edge, Exit};
use crate::check::{explain, rules};
use crate::diag::{Code, RuleGroup};
use crate::say;

/// What `explain` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The rule's code, as `check` prints it in brackets; without it, all rules are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

/// Prints a rule's documentation, or the list of rules by group.
///
/// # Errors
/// An unknown rule, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let Some(code) = args.rule else {
        list(edge)?;
        return Ok(Exit::Fine);
    };
    // As `check` prints it: `[code]`.
    let code = code.trim_matches(['[', ']']);
    let Some(named) = Code::named(code) else {
        let known = Code::ALL.iter().map(|code| code.word());
        return Err(unknown(say!("there is no rule `{code}`", code), code, known).into());
    };
    write!(edge.out, "{}", explain(named, edge.tongue.people))?;
    Ok(Exit::Fine)
}

fn list(edge: &mut Edge) -> Result<()> {
    let mut is_first = true;
    for group in RuleGroup::ALL {
        let rules: Vec<_> = rules().filter(|rule| rule.code.group() == group).collect();
        if rules.is_empty() {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            writeln!(edge.out)?;
        }
        // One width for all groups, so that the columns stand below each other.
        let head = [edge.say(&group.title()), edge.say(&say!("default")), edge.say(&say!("finds"))];
        let mut table = Table::new(head).least_width(0, width());
        for rule in rules {
            let severity = edge.say(&rule.code.severity().title());
            table.row([rule.code.word(), &severity, edge.tongue.people.translate(rule.summary)]);
        }
        table.write(edge)?;
    }
    Ok(())
}

fn width() -> usize {
    Code::ALL.iter().map(|code| code.word().len()).max().unwrap_or(0)
}
