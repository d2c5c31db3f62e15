//! Rules of which nothing more is to be known than what they find while the files are read.

use crate::diag::{Code, Rule};

/// Their documentation.
pub static RULES: &[Rule] = &[
    Rule {
        code: Code::YamlSyntax,
        summary: "A file is not YAML that can be read, or not text at all",
        why: "A book is read by people and by programs. Where the punctuation of the file is broken, nobody can tell which \
          text belongs to which key, so nothing of that file is read. Most often a text holds a `:` or begins with \
          `{`, `[`, `*`, `&` or `!`: put the whole text in quotation marks.",
        bad: "text: {{ customer.one }} gets a key.",
        good: r#"text: "{{ customer.one }} gets a key.""#,
    },
    Rule {
        code: Code::UnknownKey,
        summary: "A key that the format does not have",
        why: "A mistyped key would otherwise be passed over in silence, and what it holds with it. A comma in a text \
          between `{…}` cuts the text in two, and its second half then looks like a key: quote the text, or write it \
          on lines of its own.",
        bad: "standarts:
  - id: greet",
        good: "standards:
  - id: greet",
    },
    Rule {
        code: Code::DuplicateKey,
        summary: "A key that stands twice in one entry",
        why: "Only one of the two could count, and a reader cannot see which.",
        bad: "level: basic
type: personal
level: expected",
        good: "level: basic
type: personal",
    },
    Rule {
        code: Code::WrongType,
        summary: "A value of the wrong kind: a list where a text belongs, an unknown word, an empty text",
        why: "A value that is not understood cannot be printed, checked or scored. The message says what was expected. A \
          text with a comma inside `[…]` becomes two items: quote it, or write the list on lines of its own.",
        bad: "how: [Look up first, then smile]
level: base",
        good: "how:
  - Look up first, then smile
level: basic",
    },
    Rule {
        code: Code::MissingKey,
        summary: "An entry that lacks a key which it cannot do without",
        why: "A standard without a level, or a hand-off without a receiver, has no place in a checklist.",
        bad: "- id: greet
  type: personal
  text: The receptionist greets the guest within 10 seconds.",
        good: "- id: greet
  type: personal
  level: basic
  text: The receptionist greets the guest within 10 seconds.",
    },
    Rule {
        code: Code::BadId,
        summary: "An id that is not made of a-z, 0-9 and single `-`",
        why: "Ids stand in file names, in links and in the records of many years, so they keep to letters that every \
          system writes alike.",
        bad: "- id: Zgłoszenie gościa",
        good: "- id: zgloszenie-goscia",
    },
    Rule {
        code: Code::DuplicateId,
        summary: "Two entries with one id",
        why: "An audit that names the id could mean either of them.",
        bad: "- id: greet
  text: The receptionist greets the guest within 10 seconds.
- id: greet
  text: The porter greets the guest at the door.",
        good: "- id: greet-at-desk
  text: The receptionist greets the guest within 10 seconds.
- id: greet-at-door
  text: The porter greets the guest at the door.",
    },
    Rule {
        code: Code::ReusedId,
        summary: "An id that is also a former id",
        why: "Old records name the former id and are resolved through `was`. If something new bore that id, last year's \
          audits would judge a standard that did not exist.",
        bad: "- id: greet-at-desk
  was: [greet]
- id: greet",
        good: "- id: greet-at-desk
  was: [greet]
- id: greet-at-door",
    },
    Rule {
        code: Code::BadQuantity,
        summary: "A quantity that is not one number and a unit that fits",
        why: "Figures are compared, converted and printed in each language, which needs a number and a unit. A time limit \
          takes a time, a share lies between 0 and 100 %, and of two bounds the lower comes first.",
        bad: "measure: {within: ten seconds}",
        good: "measure: {within: 10 s}",
    },
    Rule {
        code: Code::BadDate,
        summary: "A date that is not written year-month-day, or does not exist",
        why: "`03/04/2026` is March in one country and April in another; `2026-04-03` is the same day everywhere.",
        bad: "review: {since: 15.1.2026}",
        good: "review: {since: 2026-01-15}",
    },
    Rule {
        code: Code::BadCondition,
        summary: "A condition that cannot be read, or speaks of an attribute that no site has",
        why: "A mistyped attribute would make the condition false everywhere, and its standards would silently vanish from \
          every checklist.",
        bad: "when: site.room >= 20",
        good: "when: site.rooms >= 20",
    },
    Rule {
        code: Code::UnknownTrait,
        summary: "A trait that neither the book nor the library has",
        why: "A trait that does not exist yields no standards.",
        bad: "traits: [freindly]",
        good: "traits: [friendly]",
    },
    Rule {
        code: Code::UnknownRole,
        summary: "A role or department that neither the book nor its sector has",
        why: "What nobody is named for, nobody does. Roles and departments stand in roles.yaml or come with the sector.",
        bad: "role: recepcionist",
        good: "role: receptionist",
    },
    Rule {
        code: Code::UnknownStep,
        summary: "A step that the phase does not have",
        why: "A standard is pinned to a step of its own phase, so that checklists follow the order of service.",
        bad: "steps:
  - id: approach
standards:
  - id: greet
    step: arrival",
        good: "steps:
  - id: approach
standards:
  - id: greet
    step: approach",
    },
    Rule {
        code: Code::UnknownSite,
        summary: "A record of a site that the book does not have",
        why: "A score belongs to a place. Sites stand in sites/, one a file; a renamed one keeps its history by `was`.",
        bad: "site: krakov",
        good: "site: krakow",
    },
    Rule {
        code: Code::UnknownPhase,
        summary: "A phase that no sequence of the book has",
        why: "What was looked at decides what counts as not observed. With a mistyped phase in its scope an audit would be about nothing.",
        bad: "scope: {phase: [chek-in]}",
        good: "scope: {phase: [check-in]}",
    },
    Rule {
        code: Code::UnknownSequence,
        summary: "The manifest lists a sequence that has no file",
        why: "The list gives the order of the sequences in every document; a name without a file in sequences/ is a slip \
          of the pen or a file that got lost.",
        bad: "sequences: [gest-stay]",
        good: "sequences: [guest-stay]",
    },
    Rule {
        code: Code::UnknownLanguage,
        summary: "A text in a language that the book does not name",
        why: "Documents are made in the languages that the manifest names; a text in any other would never be seen.",
        bad: "# gamma-ok.yaml: languages: [en, pl]
title:
  en: Check-in
  p: Zameldowanie",
        good: "# gamma-ok.yaml: languages: [en, pl]
title:
  en: Check-in
  pl: Zameldowanie",
    },
    Rule {
        code: Code::UnknownSector,
        summary: "A sector that the library does not have",
        why: "The sector lends its words for customer and staff, and its roles. Leave `sector` out for a trade that the \
          library does not know.",
        bad: "sector: hotels",
        good: "sector: hotel",
    },
    Rule {
        code: Code::UnknownPattern,
        summary: "A waiver for a pattern that the trait does not have",
        why: "The waiver would waive nothing, and the standard that it meant stays in force.",
        bad: "waive:
  - pattern: attentive.look
    why: The desk has no line of sight to the door.",
        good: "waive:
  - pattern: attentive.look-up
    why: The desk has no line of sight to the door.",
    },
    Rule {
        code: Code::FileTooLarge,
        summary: "A file of more than 4 MiB",
        why: "No one writes that much by hand; more often something else was saved under the name. A long sequence can be \
          split into several files.",
        bad: "sequences/everything.yaml    9 MiB",
        good: "sequences/arrival.yaml       40 KiB
sequences/stay.yaml          60 KiB",
    },
    Rule {
        code: Code::NestingTooDeep,
        summary: "Lists and mappings nested more than 64 levels deep",
        why: "A book needs fewer than ten levels. Deeper nesting comes from a bracket that is never closed, or from a file \
          that was made to do harm.",
        bad: "how: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[Smile",
        good: "how: [Smile]",
    },
    Rule {
        code: Code::AliasBomb,
        summary: "References (`*name`) that multiply a file's content beyond bounds",
        why: "A few lines of references to references can grow to billions of values. Write out what is meant.",
        bad: "a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: [*b, *b, *b, *b, *b, *b, *b, *b, *b]",
        good: "a: [x, x, x]",
    },
    Rule {
        code: Code::PathOutsideBook,
        summary: "A file, or a link, that leads out of the book's folder",
        why: "A book must be complete in its folder, so that everybody who has the folder has the book, and so that \
          reading somebody else's book never opens your own files.",
        bad: "brand: {logo: ../../logo.svg}",
        good: "brand: {logo: images/logo.svg}",
    },
    Rule {
        code: Code::MergeConflict,
        summary: "Marks of a merge in git that was not finished",
        why: "Two people changed the same lines, and git left both versions with marks around them. Nothing of the file can \
              be trusted until somebody has chosen.",
        bad: "<<<<<<< HEAD\nwithin: 10 s\n=======\nwithin: 15 s\n>>>>>>> autumn",
        good: "within: 10 s",
    },
    Rule {
        code: Code::ControlCharacter,
        summary: "A character that steers a device and prints nothing",
        why: "Such characters come from damaged files and from terminals. They cannot be printed, and in a terminal they do \
              what they like.",
        bad: "title: \"Reception\u{1b}[31m\"",
        good: "title: Reception",
    },
    Rule {
        code: Code::InvisibleCharacter,
        summary: "A character that nobody sees, or a letter of another alphabet that looks like ours",
        why: "Two words that look alike are two words to a program: `friendly` with a Cyrillic `e` is no trait of the book. \
              Such characters come from web pages, word processors and other keyboards. A text that changes its direction in \
              the middle reads as something else than what it is.",
        bad: "trait: fri\u{435}ndly   # the third letter but one is Cyrillic",
        good: "trait: friendly",
    },
    Rule {
        code: Code::UntypedValue,
        summary: "A site's attribute that is a text where a truth value or a number is meant",
        why: "Only `true` and `false` are truth values, and a number has no unit here. `parking: no` would be a text, and a \
              text counts as true: the site would have what it lacks. A text that is meant stands in quotation marks.",
        bad: "parking: nie\nseats: 40 osób",
        good: "parking: false\nseats: 40",
    },
    Rule {
        code: Code::UntypedComparison,
        summary: "A condition that compares a text with a number, or takes a text for a truth value",
        why: "Such a condition is the same at every site, whatever the site is like, and standards would apply where they \
              should not, or nowhere.",
        bad: "when: site.seats >= \"sto\"",
        good: "when: site.seats >= 100",
    },
    Rule {
        code: Code::ExpressionTooLong,
        summary: "A condition or a pattern that is longer than any that a person writes",
        why: "Reading an expression takes memory with its depth. What a person can still understand is far shorter.",
        bad: "when: site.a or site.b or site.c …   # and so on for a page",
        good: "when: site.rooms >= 50 and site.stars >= 4",
    },
    Rule {
        code: Code::TooMuchMarkdown,
        summary: "A text whose paragraphs, words, tables or lists are beyond what a document can be laid out with",
        why: "A paragraph of thousands of marks, a word of thousands of letters or a list of a hundred levels takes minutes \
              and gigabytes to lay out, and nobody reads it. Most often something was pasted that is no text.",
        bad: "> > > > > > > > …   # and so on, a hundred times",
        good: "> A quotation",
    },
    Rule {
        code: Code::UnknownArea,
        summary: "A service area that the manifest does not list",
        why: "Where `areas` lists the service areas of a business, a sequence in another one is most likely in one of them by \
              another spelling. Documents and figures would have an area more, with one sequence in it.",
        bad: "area: front-ofice   # gamma-ok.yaml lists front-office",
        good: "area: front-office",
    },
    Rule {
        code: Code::GarbledText,
        summary: "Letters that became others when a file was read in a wrong encoding",
        why: "`Ã³` and `Ä™` are what `ó` and `ę` become on the way through a program that does not read UTF-8. No document can \
              print the letters that were lost, and no rule knows the words. Open the original as UTF-8 and copy it anew.",
        bad: "text: Recepcjonista wita goÅ›cia przy ladzie.",
        good: "text: Recepcjonista wita gościa przy ladzie.",
    },
    Rule {
        code: Code::UnreadFile,
        summary: "A file that looks like part of the book and that nothing reads",
        why: "A sequence in the wrong folder, or with an ending that the book does not read, is missing from every document, \
              and nothing else says so. The remark names the nearest right place. What is kept for something else, such as \
              a README, a picture or an editor's copy, is left alone.",
        bad: "sequences/Stay.YAML\nroles2.yaml",
        good: "sequences/stay.yaml\nroles.yaml",
    },
    Rule {
        code: Code::UnknownTemplate,
        summary: "A file in `templates/` that replaces no template of the program",
        why: "A file in `templates/` takes the place of the program's own of the same path. With another name it changes \
              nothing, unless another template there asks for it.",
        bad: "templates/html/checklst.html",
        good: "templates/html/checklist.html",
    },
    Rule {
        code: Code::UnknownValue,
        summary: "A condition that asks for a value which no site has",
        why: "It holds nowhere, which is fine while a site is still to come; a mistyped value is not.",
        bad: "when: site.id == \"krakov\"",
        good: "when: site.id == \"krakow\"",
    },
];
