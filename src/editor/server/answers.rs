//! What an editor may ask, and where each answer comes from.

use std::io::Write;

use lsp_server::ErrorCode;
use lsp_types::{
    CodeAction, CodeActionOrCommand, CodeActionParams, CodeLensParams, CompletionParams, DocumentSymbolParams,
    FoldingRangeParams, GotoDefinitionParams, HoverParams, Location, PrepareRenameResponse, ReferenceParams,
    RenameParams, TextDocumentPositionParams, WorkspaceSymbolParams,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Server, refusal};
use crate::edit::EditError;
use crate::edit::rename::rename;
use crate::editor::actions::{self, Chosen, actions, resolved};
use crate::editor::completion::{self, completions};
use crate::editor::edits::workspace_edit;
use crate::editor::explained::library_file;
use crate::editor::folding::foldings;
use crate::editor::hover::{hover, reader};
use crate::editor::lens::lenses;
use crate::editor::lines::{Encoding, Lines};
use crate::editor::references::{definitions, is_own, locations, named, of_library, uses};
use crate::editor::symbols::{outline, search, sketch};
use crate::editor::workspace::OpenBook;
use crate::project::Project;
use crate::say;

/// An answer, or why there is none.
type Answer = Result<Value, (ErrorCode, String)>;

/// What the server can do, as the editor is told.
pub(super) fn capabilities(encoding: Encoding) -> Value {
    json!({
        "positionEncoding": encoding.kind(),
        "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
        "completionProvider": {"triggerCharacters": [":", " ", "-", "[", ",", "{", "."]},
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "foldingRangeProvider": true,
        "renameProvider": {"prepareProvider": true},
        "codeActionProvider": {"codeActionKinds": ["quickfix", "refactor.rewrite"], "resolveProvider": true},
        "codeLensProvider": {"resolveProvider": false},
        "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
    })
}

/// A text that something is asked of.
struct AskedText<'a> {
    book: &'a mut OpenBook,
    path: String,
    text: String,
}

impl<O: Write> Server<O> {
    /// Answers a request.
    pub(super) fn answer(&mut self, method: &str, params: Value) -> Answer {
        match method {
            "textDocument/completion" => self.completion(read(params)?),
            "textDocument/hover" => self.hover(read(params)?),
            "textDocument/definition" => self.definition(read(params)?),
            "textDocument/references" => self.references(read(params)?),
            "textDocument/documentSymbol" => self.outline(read(params)?),
            "textDocument/foldingRange" => self.foldings(read(params)?),
            "textDocument/prepareRename" => self.prepare_rename(read(params)?),
            "textDocument/rename" => self.rename(read(params)?),
            "textDocument/codeAction" => self.actions(read(params)?),
            "codeAction/resolve" => self.resolve(read(params)?),
            "textDocument/codeLens" => self.lenses(read(params)?),
            "workspace/symbol" => self.search(read(params)?),
            _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is not answered here"))),
        }
    }

    /// The text that a request is about, with its book as it stands; none where it is of no book.
    fn place(&mut self, address: &str) -> Option<AskedText<'_>> {
        let today = (self.settings.today)();
        let (book, path) = self.workspace.place(address)?;
        book.read(today);
        let text = book.text(&path)?;
        Some(AskedText { book, path, text })
    }

    /// The same with the offset of a position in the text.
    fn position(&mut self, position: &TextDocumentPositionParams) -> Option<(AskedText<'_>, usize)> {
        let encoding = self.encoding;
        let asked = self.place(position.text_document.uri.as_str())?;
        let offset = Lines::of(&asked.text, encoding).offset(position.position);
        Some((asked, offset))
    }

    fn completion(&mut self, params: CompletionParams) -> Answer {
        let (encoding, interface, takes_snippets) = (self.encoding, self.interface, self.takes_snippets);
        let position = &params.text_document_position;
        let Some((AskedText { book, path, text }, offset)) = self.position(position) else { return none() };
        let asked = completion::CaretQuery { book, path: &path, text: &text, offset, encoding, interface };
        told(completions(&asked, takes_snippets))
    }

    fn hover(&mut self, params: HoverParams) -> Answer {
        let (encoding, interface) = (self.encoding, self.interface);
        let position = &params.text_document_position_params;
        let Some((AskedText { book, path, text }, offset)) = self.position(position) else { return none() };
        told(hover(&completion::CaretQuery { book, path: &path, text: &text, offset, encoding, interface }))
    }

    fn definition(&mut self, params: GotoDefinitionParams) -> Answer {
        let encoding = self.encoding;
        let pages = self.settings.pages.clone();
        let position = &params.text_document_position_params;
        let Some((AskedText { book, path, .. }, offset)) = self.position(position) else { return none() };
        let Some(named) = named(book, &path, offset) else { return none() };
        let own = locations(book, &definitions(book, &named), encoding);
        if !own.is_empty() {
            return told(own);
        }
        // What the library defines is looked up in a copy of its file.
        let in_library = || {
            let span = of_library(book, &named)?;
            let source = book.opened.as_ref()?.loaded.sources.get(span.file);
            let uri = library_file(pages.as_deref()?, &source.path, &source.text)?;
            let range = Lines::of(&source.text, encoding).range(span.range());
            Some(Location { uri, range }).filter(|_| source.built_in)
        };
        told(in_library().into_iter().collect::<Vec<_>>())
    }

    fn references(&mut self, params: ReferenceParams) -> Answer {
        let encoding = self.encoding;
        let position = &params.text_document_position;
        let Some((AskedText { book, path, .. }, offset)) = self.position(position) else { return none() };
        let Some(named) = named(book, &path, offset) else { return none() };
        told(locations(book, &uses(book, &named, params.context.include_declaration), encoding))
    }

    fn outline(&mut self, params: DocumentSymbolParams) -> Answer {
        let (encoding, interface) = (self.encoding, self.interface);
        let Some(AskedText { book, path, text }) = self.place(params.text_document.uri.as_str()) else { return none() };
        if !book.is_read(&path) {
            return told(sketch(&Lines::of(&text, encoding)));
        }
        let Some(language) = book.book().map(|known| reader(known, interface).clone()) else { return none() };
        told(outline(book, &path, &language, encoding))
    }

    fn search(&mut self, params: WorkspaceSymbolParams) -> Answer {
        let (encoding, interface, today) = (self.encoding, self.interface, (self.settings.today)());
        let mut all = Vec::new();
        for book in self.workspace.books.values_mut() {
            book.read(today);
            let Some(language) = book.book().map(|known| reader(known, interface).clone()) else { continue };
            all.extend(search(book, &params.query, &language, encoding));
        }
        told(all)
    }

    fn foldings(&mut self, params: FoldingRangeParams) -> Answer {
        let encoding = self.encoding;
        let Some(AskedText { text, .. }) = self.place(params.text_document.uri.as_str()) else { return none() };
        told(foldings(&Lines::of(&text, encoding)))
    }

    fn prepare_rename(&mut self, params: TextDocumentPositionParams) -> Answer {
        let (encoding, interface) = (self.encoding, self.interface);
        let Some(AskedText { book, path, text }) = self.place(params.text_document.uri.as_str()) else { return none() };
        let lines = Lines::of(&text, encoding);
        let Some(named) = named(book, &path, lines.offset(params.position)) else { return none() };
        if !is_own(book, &named) {
            let Some(Project { world, loaded, .. }) = &book.opened else { return none() };
            // Whatever the new name would be, the refusal is the same.
            return match rename(world, loaded, &named.label(), "x") {
                Err(error) => Err((ErrorCode::RequestFailed, refusal(interface, &error.message(), error.help()))),
                Ok(_) => none(),
            };
        }
        let placeholder = named.name.rsplit('.').next().unwrap_or(&named.name).to_owned();
        told(PrepareRenameResponse::RangeWithPlaceholder { range: lines.range(named.span.range()), placeholder })
    }

    fn rename(&mut self, params: RenameParams) -> Answer {
        let (encoding, interface, takes, today) = (self.encoding, self.interface, self.takes, (self.settings.today)());
        let refused = |message: String| Err((ErrorCode::RequestFailed, message));
        let position = &params.text_document_position;
        let Some((AskedText { book, path, .. }, offset)) = self.position(position) else { return none() };
        let Some(named) = named(book, &path, offset) else {
            return refused(interface.say(&say!("there is no id here that could be renamed")));
        };
        // Records are never rewritten, so what is wrong in them is in no one's way.
        book.touch();
        book.read(today);
        let Some(Project { world, loaded, .. }) = &book.opened else { return none() };
        let renaming = match rename(world, loaded, &named.label(), &params.new_name) {
            Ok(renaming) => renaming,
            // What the editor has, and not what the disk has, is to be mended.
            Err(EditError::Findings(found)) => {
                let first = found.first().and_then(|finding| Some((finding, book.source(finding.span)?)));
                let message = match first {
                    Some((finding, source)) => {
                        let line = source.position(finding.span.start as usize).line;
                        let place = format!("{}:{line}", source.path);
                        say!("{place} stands in the way: {message}", place, message = finding.message.clone())
                    }
                    None => say!("the book has remarks that stand in the way"),
                };
                let help = say!("mend it in the editor, and rename again");
                return refused(refusal(interface, &message, Some(help)));
            }
            Err(error) => return refused(refusal(interface, &error.message(), error.help())),
        };
        match workspace_edit(book, &renaming.changes, encoding, takes) {
            Some(edit) => told(edit),
            None => none(),
        }
    }

    fn actions(&mut self, params: CodeActionParams) -> Answer {
        let (encoding, interface, takes, today) = (self.encoding, self.interface, self.takes, (self.settings.today)());
        let resolves = self.resolves;
        let Some(AskedText { book, path, text }) = self.place(params.text_document.uri.as_str()) else { return none() };
        // What is mended must be what stands there.
        book.check(today);
        let selected = Lines::of(&text, encoding).bytes(params.range);
        let asked = actions::ActionQuery { book, path: &path, selected, encoding, interface, takes, resolves };
        let only = params.context.only;
        let is_wanted = |action: &CodeAction| {
            // A kind is wanted where it, or what it is a kind of, is asked for.
            let is_kind_of = |kind: &str, wanted: &str| {
                kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            only.as_ref().is_none_or(|only| {
                let kind = action.kind.as_ref().map_or("", |kind| kind.as_str());
                only.iter().any(|wanted| is_kind_of(kind, wanted.as_str()))
            })
        };
        let all = actions(&asked).into_iter().filter(is_wanted).map(CodeActionOrCommand::CodeAction);
        told(all.collect::<Vec<CodeActionOrCommand>>())
    }

    /// The edit of an action that was chosen, by the texts as they are now.
    fn resolve(&mut self, action: CodeAction) -> Answer {
        let (encoding, interface, takes, today) = (self.encoding, self.interface, self.takes, (self.settings.today)());
        // A mend came with its edit.
        let Some(data) = action.data.clone() else { return told(action) };
        let Chosen { uri, task } = read(data)?;
        let Some((book, _)) = self.workspace.place(&uri) else { return told(action) };
        book.read(today);
        match resolved(book, action, &task, encoding, takes) {
            Ok(action) => told(action),
            Err((message, help)) => Err((ErrorCode::RequestFailed, refusal(interface, &message, help))),
        }
    }

    fn lenses(&mut self, params: CodeLensParams) -> Answer {
        let (encoding, interface) = (self.encoding, self.interface);
        let Some(AskedText { book, path, .. }) = self.place(params.text_document.uri.as_str()) else { return none() };
        told(lenses(book, &path, interface, encoding))
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn told(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// Nothing is known of it.
fn none() -> Answer {
    Ok(Value::Null)
}
