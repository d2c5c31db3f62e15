//! A drawing (SVG) that is a picture and nothing else: written anew from the elements that draw, so that no script, no handler, no
//! address of something outside and no document type of its own is left, whoever opens the file that it came into.

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::parts::Elements;
use super::{NotShown, css};

const SVG: &str = "http://www.w3.org/2000/svg";

/// What draws. Everything else is left out with all that is in it; a link is a group.
const ELEMENTS: [&str; 43] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// A picture of points within a drawing counts as so many parts a point.
const POINTS_A_PART: usize = 5_000;

/// A filter is worked out point by point.
const FILTER: u64 = 400;

/// How deep elements stand in one another.
const MAX_DEPTH: usize = 100;

/// The longest text that a drawing may have another stand for.
const MAX_ENTITY: usize = 200;

/// A drawing has no size of its own: it is shown as large as fits here, whatever it is measured in.
const ROOM: (f64, f64) = (640.0, 480.0);

/// A drawing as documents carry it.
pub(super) struct Drawing {
    /// The drawing.
    pub text: String,
    /// How large it is shown.
    pub size: (usize, usize),
}

/// Reads a drawing.
pub(super) fn read(text: &str) -> Result<Drawing, NotShown> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return Err(NotShown::Unknown);
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut writer = Writer::default();
    loop {
        let event = reader.read_event().map_err(|error| writer.wrong(error.to_string()))?;
        match event {
            Event::Eof => break,
            Event::DocType(kind) => writer.entities = entities(&kind),
            Event::Start(start) => {
                let is_drawn = match reader.resolver().resolve_element(start.name()).0 {
                    // Drawing programs let a short text stand for the namespace.
                    ResolveResult::Bound(space) => {
                        let name = space.into_inner();
                        let short = name.strip_prefix('&').and_then(|name| name.strip_suffix(';'));
                        short.and_then(|short| writer.entity(short)).unwrap_or(name) == SVG
                    }
                    ResolveResult::Unbound => true,
                    ResolveResult::Unknown(_) => false,
                };
                writer.start(&start, is_drawn)?;
            }
            Event::End(_) => writer.end(),
            Event::Text(words) => writer.words(&words.xml10_content()),
            Event::CData(words) => writer.words(&words.xml10_content()),
            Event::GeneralRef(name) => {
                let c = name.resolve_char_ref().ok().flatten().map(|c| c.to_string());
                let known = c.or_else(|| writer.entity(&name).map(str::to_owned));
                writer.words(&known.ok_or_else(|| NotShown::NoXml(format!("&{};", &*name)))?);
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => {}
        }
    }
    match writer.size {
        Some(size) if writer.parts.are_few() => Ok(Drawing { text: writer.out, size }),
        Some(_) => Err(NotShown::TooComplex),
        None => Err(NotShown::Unknown),
    }
}

/// The texts that a document type lets others stand for, as drawing programs write their namespaces; none that holds another.
fn entities(kind: &str) -> Vec<(String, String)> {
    let entity = |entry: &str| {
        let (name, rest) = entry.trim_start().split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, _) = rest[1..].split_once(quote)?;
        let is_plain = value.len() <= MAX_ENTITY && !value.contains(['&', '<', '%']);
        is_plain.then(|| (name.to_owned(), value.to_owned()))
    };
    kind.split("<!ENTITY").skip(1).filter_map(entity).collect()
}

/// An element that is being written.
struct OpenElement {
    name: &'static str,
    part: usize,
}

#[derive(Default)]
struct Writer {
    out: String,
    size: Option<(usize, usize)>,
    entities: Vec<(String, String)>,
    open: Vec<OpenElement>,
    /// Inside of how many elements that are left out.
    left_out: usize,
    style: String,
    parts: Elements,
}

impl Writer {
    /// What XML finds wrong: a file that has not begun to be a drawing is none.
    fn wrong(&self, reason: String) -> NotShown {
        if self.size.is_none() { NotShown::Unknown } else { NotShown::NoXml(reason) }
    }

    fn entity(&self, name: &str) -> Option<&str> {
        resolve_predefined_entity(name)
            .or_else(|| self.entities.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()))
    }

    fn start(&mut self, start: &BytesStart<'_>, is_drawn: bool) -> Result<(), NotShown> {
        let local = start.local_name();
        let is_root = self.open.is_empty() && self.left_out == 0;
        if is_root && (self.size.is_some() || local.into_inner() != "svg" || !is_drawn) {
            return Err(NotShown::Unknown);
        }
        let known = ELEMENTS.iter().copied().find(|known| *known == local.into_inner());
        let Some(name) = known.filter(|_| is_drawn && self.left_out == 0) else {
            self.left_out += 1;
            return Ok(());
        };
        if self.open.len() >= MAX_DEPTH {
            return Err(NotShown::TooComplex);
        }
        let mut attributes = self.attributes(start, name)?;
        if is_root {
            self.root(&mut attributes);
        }
        let shows = shown(&attributes);
        let id = attributes.iter().find(|(name, _)| name == "id").map(|(_, value)| value.clone());
        let part = self.parts.add(self.open.last().map(|open| open.part), id.as_deref(), shows);
        let name = if name == "a" { "g" } else { name };
        if name == "filter" {
            self.parts.weigh(part, FILTER);
        }
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in &attributes {
            if key == "href" && name == "image" {
                let Some((address, points)) = picture(value) else { continue };
                self.parts.weigh(part, (points / POINTS_A_PART) as u64);
                self.out.push_str(&format!(" href=\"{address}\""));
            } else {
                self.out.push_str(&format!(" {key}=\"{}\"", escape(value.as_str())));
            }
        }
        self.out.push('>');
        self.open.push(OpenElement { name, part });
        Ok(())
    }

    /// The attributes of an element that say how it looks.
    fn attributes(&self, start: &BytesStart<'_>, element: &str) -> Result<Vec<(String, String)>, NotShown> {
        let mut kept: Vec<(String, String)> = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.wrong(error.to_string()))?;
            let (local, prefix) = attribute.key.decompose();
            let (local, prefix) = (local.into_inner(), prefix.map(|prefix| prefix.into_inner()));
            let name = match prefix {
                None => local,
                Some("xlink") if local == "href" => local,
                Some("xml") if local == "space" => "xml:space",
                Some(_) => continue,
            };
            let is_handler = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
            if is_handler || name == "xmlns" || !is_name(name) || kept.iter().any(|(known, _)| known == name) {
                continue;
            }
            let value = attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, |name| self.entity(name));
            let value = value.map_err(|error| self.wrong(error.to_string()))?;
            let value = match name {
                "href" if element == "a" => continue,
                "href" if element == "image" => value.into_owned(),
                "href" if value.trim_start().starts_with('#') => value.trim().to_owned(),
                "href" => continue,
                _ if name == "style" || value.to_ascii_lowercase().contains("url(") || value.contains('\\') => {
                    css::inert(&value)
                }
                _ => value.into_owned(),
            };
            kept.push((name.to_owned(), value));
        }
        Ok(kept)
    }

    /// Gives the first element its namespace, and a size that every program understands in the same way.
    fn root(&mut self, attributes: &mut Vec<(String, String)>) {
        let of = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let numbers = |text: &str| -> Option<Vec<f64>> {
            text.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect()
        };
        let is_side = |side: f64| (1e-3..=1e6).contains(&side);
        let view =
            of("viewBox").and_then(numbers).filter(|view| view.len() == 4 && is_side(view[2]) && is_side(view[3]));
        let side = |name: &str| of(name).and_then(length).filter(|side| is_side(*side));
        let view = view.unwrap_or_else(|| match side("width").zip(side("height")) {
            Some((width, height)) => vec![0.0, 0.0, width, height],
            None => vec![0.0, 0.0, 400.0, 300.0],
        });
        let scale = (ROOM.0 / view[2]).min(ROOM.1 / view[3]);
        let size = [view[2], view[3]].map(|side| ((side * scale).round() as usize).max(1));
        attributes.retain(|(name, _)| {
            !matches!(name.as_str(), "width" | "height" | "viewBox" | "x" | "y" | "version" | "baseProfile")
        });
        let view = view.iter().map(f64::to_string).collect::<Vec<_>>().join(" ");
        let own = [
            ("xmlns", SVG.to_owned()),
            ("viewBox", view),
            ("width", size[0].to_string()),
            ("height", size[1].to_string()),
        ];
        attributes.splice(0..0, own.map(|(name, value)| (name.to_owned(), value)));
        self.size = Some((size[0], size[1]));
    }

    fn words(&mut self, words: &str) {
        match self.open.last() {
            Some(_) if self.left_out > 0 => {}
            Some(open) if open.name == "style" => self.style.push_str(words),
            Some(_) => self.out.push_str(&escape(words)),
            None => {}
        }
    }

    fn end(&mut self) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if open.name == "style" {
            let style = css::inert(&std::mem::take(&mut self.style));
            self.parts.style(css::named(&style));
            self.out.push_str(&escape(style.as_str()));
        }
        self.out.push_str(&format!("</{}>", open.name));
    }
}

/// What an element shows of the drawing, by its attributes.
fn shown(attributes: &[(String, String)]) -> Vec<String> {
    let mut shows: Vec<String> = Vec::new();
    for (name, value) in attributes {
        match value.strip_prefix('#') {
            Some(part) if name == "href" => shows.push(part.to_owned()),
            _ => shows.extend(css::named(value).map(str::to_owned)),
        }
    }
    shows
}

/// The picture of points that an address within a drawing holds, freed of all else, and how many points it has.
fn picture(address: &str) -> Option<(String, usize)> {
    let (kind, encoded) = address.trim().strip_prefix("data:image/")?.split_once(";base64,")?;
    if !matches!(kind, "png" | "jpeg" | "jpg") {
        return None;
    }
    let encoded: String = encoded.split_whitespace().collect();
    let content = super::read(&BASE64.decode(encoded).ok()?).ok()?;
    let address = format!("data:{};base64,{}", content.kind.media_type(), BASE64.encode(&content.bytes));
    Some((address, content.width * content.height))
}

/// A length in whatever unit; none for a share of what is around it.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+'))).unwrap_or(text.len());
    let is_length = matches!(text[end..].trim(), "" | "px" | "pt" | "pc" | "mm" | "cm" | "in");
    is_length.then(|| text[..end].parse().ok()).flatten()
}

/// Whether it is a name that needs no care when it is written.
fn is_name(name: &str) -> bool {
    name == "xml:space" || name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inert(text: &str) -> String {
        read(text).map(|drawing| drawing.text).unwrap_or_else(|why| format!("{why:?}"))
    }

    fn size(text: &str) -> Option<(usize, usize)> {
        read(text).ok().map(|drawing| drawing.size)
    }

    #[test]
    fn a_drawing_keeps_what_draws_and_nothing_else() {
        let hostile = r##"<?xml version="1.0"?><?xml-stylesheet href="https://example.org/a.css"?>
            <!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY x SYSTEM "file:///etc/passwd">]>
            <svg:svg xmlns:svg="&ns;" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ink="urn:ink" viewBox="0 0 40 30" onload="a()" ink:x="1">
            <svg:script>alert(1)</svg:script><ink:tool><svg:rect/></ink:tool>
            <svg:foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="https://example.org"/></body></svg:foreignObject>
            <svg:a xlink:href="javascript:alert(1)" target="_top"><svg:rect width="40" ONCLICK="a()" fill="url(https://example.org/#a)"/></svg:a>
            <svg:image xlink:href="https://example.org/x.png"/><svg:image href="file:///etc/passwd"/>
            <svg:use xlink:href="other.svg#a"/><svg:use xlink:href=" #a "/>
            <svg:animate attributeName="href" values="javascript:alert(1)"/><svg:set attributeName="onclick" to="a()"/>
            <svg:style>@import "https://example.org/a.css"; .a{fill:url(//example.org/a)}</svg:style>
            <svg:text xml:space="preserve">a &lt;b&gt; &#x263a;</svg:text><!-- comment -->
            </svg:svg>"##;
        let text = inert(hostile);
        for gone in [
            "script",
            "alert",
            "example.org",
            "passwd",
            "onload",
            "onclick",
            "ONCLICK",
            "foreign",
            "iframe",
            "animate",
            "<set",
            "ink",
            "comment",
            "DOCTYPE",
        ] {
            assert!(!text.to_lowercase().contains(&gone.to_lowercase()), "{gone}: {text}");
        }
        for kept in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"",
            "<g target=\"_top\"><rect width=\"40\" fill=\"none\">",
            "<use href=\"#a\">",
            "a &lt;b&gt; ☺",
            ".a{fill:none}",
        ] {
            assert!(text.contains(kept), "{kept}: {text}");
        }
        assert_eq!(inert(&text), text, "done once is done");
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        for wrong in [
            "",
            "text",
            "<html></html>",
            "<svgx/>",
            "<!-- <svg/> -->",
            "<html><svg/></html>",
            "<svg xmlns=\"urn:other\"/>",
        ] {
            assert_eq!(read(wrong).err(), Some(NotShown::Unknown), "{wrong}");
        }
        for broken in ["<svg><g></svg>", "<svg>&unknown;</svg>", "<svg a='&unknown;'/>", "<svg b=a/>"] {
            assert!(matches!(read(broken), Err(NotShown::NoXml(_) | NotShown::Unknown)), "{broken}");
        }
        // Entities that stand for entities.
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><svg><text>&b;</text></svg>";
        assert!(matches!(read(bomb), Err(NotShown::NoXml(_))));
    }

    #[test]
    fn its_size_is_what_fits() {
        assert_eq!(size("<svg viewBox='0 0 30 20'/>"), Some((640, 427)));
        assert_eq!(size("<svg width='12px' height='9mm'/>"), Some((640, 480)));
        assert_eq!(size("<svg width='100%' height='100%'/>"), Some((640, 480)));
        assert_eq!(size("<svg viewBox='0,0 , 1 1000000'/>"), Some((1, 480)));
        for odd in [
            "<svg viewBox='0 0 1e9 1e9'/>",
            "<svg viewBox='0 0 0 0'/>",
            "<svg viewBox='a'/>",
            "<svg width='-5' height='1e99'/>",
            "<svg viewBox='0 0 NaN inf'/>",
        ] {
            assert_eq!(size(odd), Some((640, 480)), "{odd}");
            assert!(inert(odd).contains("viewBox=\"0 0 400 300\""), "{odd}");
        }
    }

    #[test]
    fn what_would_never_be_drawn_to_its_end_is_refused() {
        let line = |n: usize| format!("<g id='a{}'>{}</g>", n + 1, format!("<use href='#a{n}'/>").repeat(10));
        let doubled = format!("<svg><rect id='a0'/>{}</svg>", (0..10).map(line).collect::<String>());
        assert_eq!(read(&doubled).err(), Some(NotShown::TooComplex));
        let patterns = |n: usize| {
            format!("<pattern id='p{}'>{}</pattern>", n + 1, format!("<rect fill='url(#p{n})'/>").repeat(10))
        };
        let woven =
            format!("<svg>{}<rect style='fill: url( \"#p9\" )'/></svg>", (0..10).map(patterns).collect::<String>());
        assert_eq!(read(&woven).err(), Some(NotShown::TooComplex));
        let deep = format!("<svg>{}{}</svg>", "<g>".repeat(5_000), "</g>".repeat(5_000));
        assert_eq!(read(&deep).err(), Some(NotShown::TooComplex));
        let many = format!("<svg>{}</svg>", "<rect/>".repeat(200_001));
        assert_eq!(read(&many).err(), Some(NotShown::TooComplex));
        // What shows itself, and what a map of a building has, is no harm.
        assert!(read("<svg><g id='a'><use href='#a'/></g></svg>").is_ok());
        assert!(
            read(&format!(
                "<svg><style>.a{{fill:url(#b)}}</style><linearGradient id='b'/>{}</svg>",
                "<path class='a'/>".repeat(20_000)
            ))
            .is_ok()
        );
    }

    #[test]
    fn a_picture_within_a_drawing_is_held_to_the_same() {
        let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
        let (head, tail) = png.split_at(30);
        let text = inert(&format!("<svg><image href='data:image/png;base64,{head}\n {tail}'/></svg>"));
        assert!(text.contains(&format!("href=\"data:image/png;base64,{png}\"")), "{text}");
        for wrong in ["data:image/png;base64,AAAA", "data:image/svg+xml;base64,PHN2Zy8+", "data:text/html,x"] {
            assert!(inert(&format!("<svg><image href='{wrong}'/></svg>")).contains("<image></image>"), "{wrong}");
        }
    }
}
