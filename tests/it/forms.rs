//! The forms of findings, on findings made by hand, so that no rule's wording matters here.

use gamma_ok::diag::{Code, Diagnostic, Severity};
use gamma_ok::report::{FORMS, Report, Style};
use gamma_ok::source::{FileId, Source, Sources, Span};

const STYLE: Style = Style { colour: false, width: 72, count: true };

/// Three files of a book, one of them without findings.
fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add(Source::new("gamma-ok.yaml", "title: x\n"));
    sources.add(Source::new(
        "sequences/dzień.yaml",
        "\u{feff}id: a\r\ntraits: [frendly]\r\n\ttext: łąka 日本 vague\r\nlong: The receptionist greets the guest within 10 seconds of \
         their reaching the desk, and then says politely what comes next, and where.\r\nstandards:\r\n  - id: x\r\n",
    ));
    sources.add(Source::new("roles.yaml", "roles: []\n"));
    sources
}

fn at(sources: &Sources, file: u32, text: &str) -> Span {
    let start = sources.get(FileId(file)).text.find(text).expect("the text is there");
    Span::new(FileId(file), start, start + text.len())
}

fn found(sources: &Sources) -> Vec<Diagnostic> {
    let set = |severity: Severity, finding: Diagnostic| Diagnostic { severity, ..finding };
    vec![
        set(
            Severity::Error,
            Diagnostic::new(Code::UnknownTrait, at(sources, 1, "frendly"), "there is no trait `frendly`")
                .help("did you mean `friendly`?")
                .related(at(sources, 0, "title"), "the book begins here"),
        ),
        set(Severity::Warning, Diagnostic::new(Code::VagueWord, at(sources, 1, "vague"), "`vague` promises nothing")),
        set(
            Severity::Note,
            Diagnostic::new(
                Code::LongStatement,
                at(sources, 1, "politely"),
                "50 % of it is <b>&</b> too much\u{1b}[31m",
            )
            .help("split it\ninto two"),
        ),
        set(
            Severity::Error,
            Diagnostic::new(Code::MissingKey, at(sources, 1, "standards:\r\n  - id: x"), "many lines"),
        ),
    ]
}

fn written(form: &str, found: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let decides = |finding: &Diagnostic| finding.severity == Severity::Error;
    let report = Report {
        findings: found,
        sources,
        prefix: "books/a b/",
        root: "books/a b/",
        standards: 64,
        decides: &decides,
        interface: gamma_ok::language::Interface::english(),
        style,
    };
    let form = FORMS.iter().find(|one| one.name == form).expect("a form");
    let mut out = Vec::new();
    (form.write)(&report, &mut out).expect("memory can be written to");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn for_people() {
    let sources = sources();
    insta::assert_snapshot!(written("human", &found(&sources), &sources, STYLE), @r"
    books/a b/sequences/dzień.yaml:2:10: error: there is no trait `frendly` [unknown-trait]
      2 | traits: [frendly]
        |          ^^^^^^^
        = help: did you mean `friendly`?
        = see books/a b/gamma-ok.yaml:1:1: the book begins here
      1 | title: x
        | -----

    books/a b/sequences/dzień.yaml:3:16: warning: `vague` promises nothing [vague-word]
      3 |     text: łąka 日本 vague
        |                     ^^^^^

    books/a b/sequences/dzień.yaml:4:101: note: 50 % of it is <b>&</b> too much�[31m [long-statement]
      4 | …the desk, and then says politely what comes next, and where.
        |                          ^^^^^^^^
        = help: split it
                into two

    books/a b/sequences/dzień.yaml:5:1: error: many lines [missing-key]
      5 | standards:
        | ^^^^^^^^^^

    2 errors, 1 warning, 1 note in 3 files
    ");
    assert_eq!(written("human", &[], &sources, STYLE), "no remarks: 64 standards in 3 files\n");
}

#[test]
fn colour_changes_nothing_but_colour() {
    let sources = sources();
    let plain = written("human", &found(&sources), &sources, STYLE);
    let mut coloured = written("human", &found(&sources), &sources, Style { colour: true, ..STYLE });
    for code in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[1;31m", "\u{1b}[1;33m", "\u{1b}[1;34m", "\u{1b}[1;36m"] {
        assert!(coloured.contains(code), "{code:?}");
        coloured = coloured.replace(code, "");
    }
    let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(lines(&coloured), lines(&plain));
}

#[test]
fn a_file_with_endless_findings_ends() {
    let sources = sources();
    let span = at(&sources, 1, "frendly");
    let many: Vec<Diagnostic> =
        (0..1000).map(|n| Diagnostic::new(Code::UnknownTrait, span, format!("finding {n}"))).collect();
    let text = written("human", &many, &sources, STYLE);
    assert_eq!(text.matches(": error: ").count(), 200);
    assert!(text.contains("books/a b/sequences/dzień.yaml: and 800 more\n"), "{text}");
    assert!(text.ends_with("\n1,000 errors in 3 files\n"));
}

#[test]
fn as_github_commands() {
    let sources = sources();
    insta::assert_snapshot!(written("github", &found(&sources), &sources, STYLE), @r"
    ::error file=books/a b/sequences/dzień.yaml,line=2,endLine=2,col=10,endColumn=17,title=unknown-trait::there is no trait `frendly`%0Adid you mean `friendly`?
    ::warning file=books/a b/sequences/dzień.yaml,line=3,endLine=3,col=16,endColumn=21,title=vague-word::`vague` promises nothing
    ::notice file=books/a b/sequences/dzień.yaml,line=4,endLine=4,col=101,endColumn=109,title=long-statement::50 %25 of it is <b>&</b> too much�[31m%0Asplit it%0Ainto two
    ::error file=books/a b/sequences/dzień.yaml,line=5,endLine=6,col=1,title=missing-key::many lines
    ");
}

#[test]
fn as_junit() {
    let sources = sources();
    insta::assert_snapshot!(written("junit", &found(&sources), &sources, STYLE), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="gamma-ok" tests="6" failures="2" errors="0">
      <testsuite name="books/a b/gamma-ok.yaml" tests="1" failures="0" errors="0">
        <testcase classname="check" name="no remarks"/>
      </testsuite>
      <testsuite name="books/a b/sequences/dzień.yaml" tests="4" failures="2" errors="0">
        <testcase classname="unknown-trait" name="2:10 there is no trait `frendly`">
          <failure type="error" message="there is no trait `frendly`">books/a b/sequences/dzień.yaml:2:10: error: there is no trait `frendly`
    did you mean `friendly`?</failure>
        </testcase>
        <testcase classname="vague-word" name="3:16 `vague` promises nothing">
          <system-out>books/a b/sequences/dzień.yaml:3:16: warning: `vague` promises nothing</system-out>
        </testcase>
        <testcase classname="long-statement" name="4:101 50 % of it is &lt;b&gt;&amp;&lt;/b&gt; too much�[31m">
          <system-out>books/a b/sequences/dzień.yaml:4:101: note: 50 % of it is &lt;b&gt;&amp;&lt;/b&gt; too much�[31m
    split it
    into two</system-out>
        </testcase>
        <testcase classname="missing-key" name="5:1 many lines">
          <failure type="error" message="many lines">books/a b/sequences/dzień.yaml:5:1: error: many lines</failure>
        </testcase>
      </testsuite>
      <testsuite name="books/a b/roles.yaml" tests="1" failures="0" errors="0">
        <testcase classname="check" name="no remarks"/>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn as_json() {
    let sources = sources();
    let json: serde_json::Value =
        serde_json::from_str(&written("json", &found(&sources), &sources, STYLE)).expect("JSON");
    assert_eq!(
        json[0],
        serde_json::json!({
            "rule": "unknown-trait", "severity": "error", "message": "there is no trait `frendly`",
            "help": "did you mean `friendly`?", "file": "sequences/dzień.yaml", "line": 2, "column": 10, "end_line": 2,
            "end_column": 17,
            "related": [{"file": "gamma-ok.yaml", "line": 1, "column": 1, "message": "the book begins here"}],
        })
    );
    assert_eq!(
        (&json[1]["column"], &json[1]["severity"], &json[1]["help"]),
        (&16.into(), &"warning".into(), &serde_json::Value::Null)
    );
    assert_eq!((&json[3]["line"], &json[3]["end_line"], &json[3]["end_column"]), (&5.into(), &6.into(), &10.into()));
}

#[test]
fn as_sarif() {
    let sources = sources();
    let json: serde_json::Value =
        serde_json::from_str(&written("sarif", &found(&sources), &sources, STYLE)).expect("JSON");
    let mut first = json["runs"][0]["results"][0].clone();
    let index = first.as_object_mut().and_then(|first| first.remove("ruleIndex")).and_then(|index| index.as_u64());
    let rules = &json["runs"][0]["tool"]["driver"]["rules"];
    assert_eq!(rules[index.expect("the rule's place") as usize]["id"], "unknown-trait");
    assert_eq!(
        first,
        serde_json::json!({
            "ruleId": "unknown-trait", "level": "error",
            "message": {"text": "there is no trait `frendly`: did you mean `friendly`?"},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": "books/a%20b/sequences/dzie%C5%84.yaml"},
                "region": {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 17},
            }}],
            "relatedLocations": [{
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "books/a%20b/gamma-ok.yaml"},
                    "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 6},
                },
                "message": {"text": "the book begins here"},
            }],
        })
    );
    assert_eq!(json["runs"][0]["results"][2]["level"], "note");
}
