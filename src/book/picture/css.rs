//! The styles of a drawing, without what would be fetched for them.

/// Rules of a style sheet that fetch something; the second kind has a block.
const FETCHING: [&str; 3] = ["import", "namespace", "charset"];
const FETCHING_BLOCK: &str = "font-face";

/// A style sheet, or the declarations of one element, that names nothing but what is in the drawing itself.
pub(super) fn inert(css: &str) -> String {
    // Escapes hide words, and no program that draws writes any.
    let plain = without_comments(&css.replace('\\', ""));
    without_addresses(&without_rules(&plain))
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

fn without_rules(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once('@') {
        out.push_str(before);
        let is = |word: &str| after.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        rest = if is(FETCHING_BLOCK) {
            after.split_once('}').map_or("", |(_, after)| after)
        } else if FETCHING.into_iter().any(is) {
            after.split_once(';').map_or("", |(_, after)| after)
        } else {
            out.push('@');
            after
        };
    }
    out + rest
}

/// Every address but those of parts of the same drawing becomes none.
fn without_addresses(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.to_ascii_lowercase().find("url(") {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let (inside, behind) = after[4..].split_once(')').unwrap_or((&after[4..], ""));
        match own(inside) {
            Some(name) => out.push_str(&format!("url(#{name})")),
            None => out.push_str("none"),
        }
        rest = behind;
    }
    out + rest
}

/// The part of the drawing that an address names.
fn own(address: &str) -> Option<&str> {
    let name = address.trim().trim_matches(['"', '\'']).trim().strip_prefix('#')?;
    (!name.is_empty() && !name.contains(['"', '\'', '(', '<', '>'])).then_some(name)
}

/// The parts that styles name.
pub(super) fn named(css: &str) -> impl Iterator<Item = &str> {
    css.split("url(#").skip(1).filter_map(|after| after.split_once(')')).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_name_nothing_outside() {
        for (css, kept) in [
            ("fill: url( '#a' ); stroke: red", "fill: url(#a); stroke: red"),
            ("fill:URL(https://example.org/a.svg#a)", "fill:none"),
            ("fill:u\\rl(//example.org/a);x:y", "fill:none;x:y"),
            ("@import url('https://example.org/a.css'); .a{fill:red}", " .a{fill:red}"),
            ("@font-face{font-family:a;src:url(https://example.org/a.woff)}.b{fill:blue}", ".b{fill:blue}"),
            ("@media print{.a{fill:red}}", "@media print{.a{fill:red}}"),
            (".a{background:url(data:text/html,x)", ".a{background:none"),
            ("@IMPORT 'a'", ""),
            ("a{}/* url(x) */b{}", "a{} b{}"),
            ("fill:url(#a", "fill:url(#a)"),
        ] {
            assert_eq!(inert(css), kept, "{css}");
        }
        assert_eq!(named(".a{fill:url(#b)}.c{mask:url(#d)}").collect::<Vec<_>>(), ["b", "d"]);
    }
}
