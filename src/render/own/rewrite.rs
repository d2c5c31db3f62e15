//! A template with what weighs its values written into it, and nothing else changed: every line stays where it is.

use minijinja::machinery::{Span, ast, parse};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Error, ErrorKind};

use crate::text::line_of;

/// The filter that weighs what it is given.
pub(super) const WEIGHED: &str = "gamma_ok_weighed";

/// The filter that takes numbers only.
pub(super) const NUMBER: &str = "gamma_ok_number";

/// The function that weighs the text between tags, and gives none.
pub(super) const TEXT: &str = "gamma_ok_text";

/// The longest text between tags that is not weighed: written with every step, it would still be less than is allowed.
const SHORT: usize = 8;

/// So long may a tag be, in bytes.
const MAX_TAG: usize = 6_000;

/// So many signs, of which each may be a step inwards, may a tag hold.
const MAX_SIGNS: usize = 600;

/// So many branches may the conditions of a template have.
const MAX_BRANCHES: usize = 100;

/// The template with what weighs its values.
///
/// # Errors
/// What is wrong with it, and on which line.
pub(in crate::render) fn counted(path: &str, source: &str, syntax: &SyntaxConfig) -> Result<String, Error> {
    short(source)?;
    let tree = parse(source, path, syntax.clone())?;
    let mut writer = Writer { source, inserted: Vec::new() };
    writer.statement(&tree);
    Ok(writer.finish())
}

/// Looks at the length of tags, which are read by functions that call themselves.
fn short(source: &str) -> Result<(), Error> {
    let refuse = |offset: usize| {
        let line = line_of(source, offset);
        Err(Error::new(ErrorKind::SyntaxError, format!("line {line}: this is longer than any tag that is read")))
    };
    let mut rest = 0;
    while let Some(open) = source[rest..].find("{{").into_iter().chain(source[rest..].find("{%")).min() {
        let open = rest + open;
        let is_block = source[open..].starts_with("{%");
        let close = source[open..].find(if is_block { "%}" } else { "}}" }).map_or(source.len(), |close| open + close);
        let tag = &source[open..close];
        // Strings hold what signs they like, and are few.
        let signs = tag.bytes().filter(|byte| b"|.+-*/~([{%<>=".contains(byte)).count() + tag.matches("not ").count();
        if tag.len() > MAX_TAG || signs > MAX_SIGNS {
            return refuse(open);
        }
        rest = (close + 2).min(source.len());
    }
    match source.match_indices("elif").nth(MAX_BRANCHES) {
        Some((offset, _)) => refuse(offset),
        None => Ok(()),
    }
}

struct Writer<'s> {
    source: &'s str,
    /// What is put in, and before which byte.
    inserted: Vec<(usize, String)>,
}

impl Writer<'_> {
    fn finish(mut self) -> String {
        // What stands at one place is put there in the order in which it was found, so the sort must be stable.
        self.inserted.sort_by_key(|(offset, _)| *offset);
        let mut out = String::with_capacity(self.source.len() * 2);
        let mut from = 0;
        for (offset, text) in self.inserted {
            out.push_str(&self.source[from..offset]);
            out.push_str(&text);
            from = offset;
        }
        out + &self.source[from..]
    }

    fn insert(&mut self, offset: usize, text: impl Into<String>) {
        self.inserted.push((offset, text.into()));
    }

    /// Hands the value of an expression through a filter; `inner` goes through what is in it, whose brackets close first.
    fn through(&mut self, expression: &ast::Expr<'_>, filter: &str, inner: impl FnOnce(&mut Self)) {
        self.insert(start(expression), "((");
        inner(self);
        self.insert(expression.span().end_offset as usize, format!(")|{filter})"));
    }

    fn statements(&mut self, body: &[ast::Stmt<'_>]) {
        body.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &ast::Stmt<'_>) {
        use ast::Stmt as S;
        match statement {
            S::Template(template) => self.statements(&template.children),
            S::EmitExpr(emit) => self.expression(&emit.expr),
            S::EmitRaw(raw) => self.raw(raw.raw),
            S::ForLoop(each) => {
                self.expression(&each.iter);
                each.filter_expr.iter().for_each(|condition| self.expression(condition));
                self.statements(&each.body);
                self.statements(&each.else_body);
            }
            S::IfCond(condition) => {
                self.expression(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            S::WithBlock(with) => {
                with.assignments.iter().for_each(|(_, value)| self.expression(value));
                self.statements(&with.body);
            }
            S::Set(set) => self.expression(&set.expr),
            S::SetBlock(set) => {
                set.filter.iter().for_each(|filter| self.arguments(filter));
                self.statements(&set.body);
            }
            S::AutoEscape(escape) => self.statements(&escape.body),
            S::FilterBlock(filter) => {
                self.arguments(&filter.filter);
                self.statements(&filter.body);
            }
            S::Block(block) => self.statements(&block.body),
            S::Import(import) => self.expression(&import.expr),
            S::FromImport(import) => self.expression(&import.expr),
            S::Extends(extends) => self.expression(&extends.name),
            S::Include(include) => self.expression(&include.name),
            S::Macro(own) => {
                own.defaults.iter().for_each(|value| self.expression(value));
                self.statements(&own.body);
            }
            S::CallBlock(call) => {
                self.call(&call.call.args);
                call.macro_decl.defaults.iter().for_each(|value| self.expression(value));
                self.statements(&call.macro_decl.body);
            }
            S::Do(call) => self.call(&call.call.args),
            #[allow(unreachable_patterns)]
            _ => {}
        }
    }

    /// The text between tags.
    fn raw(&mut self, raw: &str) {
        let offset = (raw.as_ptr() as usize).checked_sub(self.source.as_ptr() as usize);
        if let Some(offset) =
            offset.filter(|offset| raw.len() > SHORT && self.source.get(*offset..offset + raw.len()) == Some(raw))
        {
            self.insert(offset, format!("{{{{ {TEXT}({}) }}}}", raw.len()));
        }
    }

    /// The arguments of a filter that is given a whole block.
    fn arguments(&mut self, filter: &ast::Expr<'_>) {
        if let ast::Expr::Filter(filter) = filter {
            self.call(&filter.args);
            filter.expr.iter().for_each(|inner| self.arguments(inner));
        }
    }

    fn call(&mut self, arguments: &[ast::CallArg<'_>]) {
        for argument in arguments {
            match argument {
                ast::CallArg::Pos(value)
                | ast::CallArg::Kwarg(_, value)
                | ast::CallArg::PosSplat(value)
                | ast::CallArg::KwargSplat(value) => self.expression(value),
            }
        }
    }

    fn expression(&mut self, expression: &ast::Expr<'_>) {
        use ast::{BinOpKind as Op, Expr as E};
        match expression {
            E::Var(_) | E::Const(_) => {}
            E::Slice(slice) => self.through(expression, WEIGHED, |writer| {
                writer.expression(&slice.expr);
                [&slice.start, &slice.stop, &slice.step]
                    .into_iter()
                    .flatten()
                    .for_each(|value| writer.expression(value));
            }),
            E::UnaryOp(unary) => self.expression(&unary.expr),
            E::BinOp(binary) if matches!(binary.op, Op::Add | Op::Concat) => {
                self.through(expression, WEIGHED, |writer| {
                    writer.expression(&binary.left);
                    writer.expression(&binary.right);
                });
            }
            E::BinOp(binary) => {
                for side in [&binary.left, &binary.right] {
                    if matches!(binary.op, Op::Mul) {
                        self.through(side, NUMBER, |writer| writer.expression(side));
                    } else {
                        self.expression(side);
                    }
                }
            }
            E::Compare(chain) => {
                self.expression(&chain.expr);
                chain.ops.iter().for_each(|operand| self.expression(&operand.expr));
            }
            E::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                self.expression(&choice.true_expr);
                choice.false_expr.iter().for_each(|value| self.expression(value));
            }
            E::Filter(filter) => self.filter(expression.span(), filter),
            E::Test(test) => {
                self.expression(&test.expr);
                self.call(&test.args);
            }
            E::GetAttr(get) => self.expression(&get.expr),
            E::GetItem(get) => {
                self.expression(&get.expr);
                self.expression(&get.subscript_expr);
            }
            E::Call(call) => {
                self.expression(&call.expr);
                self.call(&call.args);
            }
            E::List(list) => list.items.iter().for_each(|item| self.expression(item)),
            E::Tuple(tuple) => tuple.items.iter().for_each(|item| self.expression(item)),
            E::Map(map) => map.keys.iter().chain(&map.values).for_each(|item| self.expression(item)),
        }
    }

    /// A filter: what it gets is weighed, and what it gives. Its span is that of its name and arguments.
    fn filter(&mut self, span: Span, filter: &ast::Filter<'_>) {
        filter.expr.iter().for_each(|inner| self.expression(inner));
        let name = span.start_offset as usize;
        let stroke = self.source[..name].trim_end().strip_suffix('|').map(str::len);
        if let Some(stroke) = stroke {
            self.insert(stroke, format!("|{WEIGHED}"));
        }
        self.call(&filter.args);
        self.insert(span.end_offset as usize, format!("|{WEIGHED}"));
    }
}

/// Where an expression begins: what stands behind a value, such as a filter, has a span of its own. Brackets before it may
/// be left out, since brackets that open together close in any order.
fn start(expression: &ast::Expr<'_>) -> usize {
    use ast::Expr as E;
    let first = match expression {
        E::Filter(filter) => filter.expr.as_ref(),
        E::Test(test) => Some(&test.expr),
        E::GetAttr(get) => Some(&get.expr),
        E::GetItem(get) => Some(&get.expr),
        E::Slice(slice) => Some(&slice.expr),
        E::Call(call) => Some(&call.expr),
        E::BinOp(binary) => Some(&binary.left),
        E::Compare(chain) => Some(&chain.expr),
        E::IfExpr(choice) => Some(&choice.true_expr),
        _ => None,
    };
    let own = expression.span().start_offset as usize;
    first.map_or(own, |first| own.min(start(first)))
}
