//! The conversation with an editor: who says what when, and how it ends.

mod answers;
mod texts;

use std::collections::{BTreeSet, VecDeque};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use chrono::NaiveDate;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{InitializeParams, PublishDiagnosticsParams, notification::Notification as _};
use serde_json::{Value, json};

use super::address::{path_of, uri};
use super::diagnostics::by_file;
use super::edits::Takes;
use super::explained;
use super::lines::Encoding;
use super::transport::{self, Incoming};
use super::workspace::Workspace;
use crate::diag::Code;
use crate::language::Interface;
use crate::message::Message as Said;
use crate::say;

/// So long nobody types before the book is checked.
const PAUSE: Duration = Duration::from_millis(60);

/// What the server is told of the outside.
pub struct Settings {
    /// The day to count from, asked anew before each check.
    pub today: Box<dyn Fn() -> NaiveDate + Send>,
    /// The language of findings and explanations; the editor's own where none is set.
    pub language: Option<&'static Interface>,
    /// The folder of the book, where it is not to be looked for.
    pub book: Option<PathBuf>,
    /// Where explanations of rules are kept for the editor to open; none for nowhere.
    pub pages: Option<PathBuf>,
}

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As it should: the editor said so before it left.
    Orderly,
    /// Without a word, or with something that is no message.
    Broken,
}

/// Where in its life the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    New,
    Running,
    /// Asked to shut down.
    Leaving,
}

/// Speaks with an editor until it leaves.
///
/// # Errors
/// When the editor cannot be written to.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write, settings: Settings) -> io::Result<Ended> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut input = input;
        loop {
            let incoming = transport::read(&mut input);
            let is_last = matches!(incoming, Incoming::End | Incoming::Broken);
            if sender.send(incoming).is_err() || is_last {
                return;
            }
        }
    });
    Server::new(output, settings).run(&receiver)
}

/// The conversation so far.
struct Server<O> {
    output: O,
    settings: Settings,
    stage: Stage,
    workspace: Workspace,
    encoding: Encoding,
    interface: &'static Interface,
    takes: Takes,
    takes_snippets: bool,
    takes_links: bool,
    /// Whether the editor asks for the edit of an action when that was chosen.
    resolves: bool,
    /// What was said once and is not said again.
    remarks: BTreeSet<String>,
}

impl<O: Write> Server<O> {
    fn new(output: O, settings: Settings) -> Self {
        let interface = settings.language.unwrap_or_else(Interface::english);
        Server {
            output,
            settings,
            stage: Stage::New,
            workspace: Workspace::default(),
            encoding: Encoding::Utf16,
            interface,
            takes: Takes::default(),
            takes_snippets: false,
            takes_links: false,
            resolves: false,
            remarks: BTreeSet::new(),
        }
    }

    fn run(mut self, receiver: &Receiver<Incoming>) -> io::Result<Ended> {
        let mut waiting: VecDeque<Incoming> = VecDeque::new();
        loop {
            waiting.extend(receiver.try_iter());
            let incoming = match waiting.pop_front() {
                Some(incoming) => incoming,
                None if self.is_untold() => match receiver.recv_timeout(PAUSE) {
                    Ok(incoming) => incoming,
                    Err(RecvTimeoutError::Timeout) => {
                        self.check()?;
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Broken),
                },
                None => match receiver.recv() {
                    Ok(incoming) => incoming,
                    Err(_) => return Ok(Ended::Broken),
                },
            };
            match incoming {
                Incoming::Message(Message::Request(request)) => {
                    waiting.extend(receiver.try_iter());
                    if is_cancelled(&request.id, &waiting) {
                        self.refuse(request.id, ErrorCode::RequestCanceled, "cancelled")?;
                    } else {
                        self.request(request)?;
                    }
                }
                Incoming::Message(Message::Notification(notification)) => {
                    if notification.method == lsp_types::notification::Exit::METHOD {
                        return Ok(if self.stage == Stage::Leaving { Ended::Orderly } else { Ended::Broken });
                    }
                    self.notification(notification)?;
                }
                // Answers to what the server asks: it asks nothing.
                Incoming::Message(Message::Response(_)) => {}
                Incoming::NoMessage(reason) => {
                    let error = json!({"code": ErrorCode::ParseError as i32, "message": reason});
                    self.send(json!({"jsonrpc": "2.0", "id": null, "error": error}))?;
                }
                Incoming::BadId(id) => {
                    let message = "the id of a request is a number or a text";
                    let error = json!({"code": ErrorCode::InvalidRequest as i32, "message": message});
                    let id = if id.is_number() { id } else { Value::Null };
                    self.send(json!({"jsonrpc": "2.0", "id": id, "error": error}))?;
                }
                Incoming::Broken | Incoming::End => return Ok(Ended::Broken),
            }
        }
    }

    fn send(&mut self, message: Value) -> io::Result<()> {
        transport::write(&mut self.output, &message)
    }

    fn respond(&mut self, response: Response) -> io::Result<()> {
        let Response { id, response_result } = response;
        let id = serde_json::to_value(id).unwrap_or(Value::Null);
        self.send(match response_result {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(error) => json!({"jsonrpc": "2.0", "id": id, "error": error}),
        })
    }

    fn refuse(&mut self, id: RequestId, code: ErrorCode, why: &str) -> io::Result<()> {
        self.respond(Response::new_err(id, code as i32, why.to_owned()))
    }

    fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    /// Says something of a book to the trainer, once; what was said at an earlier start goes into the editor's log alone.
    fn remark(&mut self, root: &Path, message: &Said) -> io::Result<()> {
        let text = self.interface.say(message);
        if !self.remarks.insert(format!("{}\n{text}", root.display())) {
            return Ok(());
        }
        let is_new = self.settings.pages.as_deref().is_none_or(|pages| explained::is_first(pages, root, message));
        let method = if is_new { "window/showMessage" } else { "window/logMessage" };
        self.notify(method, json!({"type": 3, "message": text}))
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => match serde_json::from_value::<InitializeParams>(params) {
                Ok(params) => {
                    let answer = self.initialize(&params);
                    self.respond(Response::new_ok(id, answer))
                }
                Err(error) => self.refuse(id, ErrorCode::InvalidParams, &error.to_string()),
            },
            (Stage::New, _) => self.refuse(id, ErrorCode::ServerNotInitialized, "`initialize` comes first"),
            (Stage::Leaving, _) => self.refuse(id, ErrorCode::InvalidRequest, "the server is shutting down"),
            (Stage::Running, "initialize") => self.refuse(id, ErrorCode::InvalidRequest, "`initialize` comes once"),
            (Stage::Running, "shutdown") => {
                self.stage = Stage::Leaving;
                self.respond(Response::new_ok(id, Value::Null))
            }
            (Stage::Running, method) => match self.answer(method, params) {
                Ok(answer) => self.respond(Response::new_ok(id, answer)),
                Err((code, why)) => self.refuse(id, code, &why),
            },
        }
    }

    fn initialize(&mut self, params: &InitializeParams) -> Value {
        let offered = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        self.encoding = Encoding::chosen(offered);
        if self.settings.language.is_none() {
            let spoken = params.locale.as_deref().and_then(Interface::named);
            self.interface = spoken.unwrap_or_else(Interface::english);
        }
        let edits = params.capabilities.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        self.takes = Takes {
            versions: edits.and_then(|edits| edits.document_changes) == Some(true),
            new_files: edits.is_some_and(|edits| {
                edits
                    .resource_operations
                    .as_ref()
                    .is_some_and(|all| all.contains(&lsp_types::ResourceOperationKind::Create))
            }),
        };
        let document = params.capabilities.text_document.as_ref();
        let items = document.and_then(|document| document.completion.as_ref()?.completion_item.as_ref());
        self.takes_snippets = items.is_some_and(|items| items.snippet_support == Some(true));
        let actions = document.and_then(|document| document.code_action.as_ref());
        self.resolves = actions.is_some_and(|actions| {
            let later = actions.resolve_support.as_ref();
            actions.data_support == Some(true)
                && later.is_some_and(|later| later.properties.iter().any(|property| property == "edit"))
        });
        let published = document.and_then(|document| document.publish_diagnostics.as_ref());
        self.takes_links = published.is_some_and(|published| published.code_description_support == Some(true));
        self.workspace.folders = match &self.settings.book {
            Some(book) => vec![book.clone()],
            None => folders(params),
        };
        self.stage = Stage::Running;
        json!({
            "capabilities": answers::capabilities(self.encoding),
            "serverInfo": {"name": "gamma-ok", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    fn is_untold(&self) -> bool {
        self.stage == Stage::Running && self.workspace.books.values().any(|book| book.is_untold)
    }

    /// Checks the books that have changed, and tells the editor what is found.
    fn check(&mut self) -> io::Result<()> {
        let today = (self.settings.today)();
        let (encoding, interface) = (self.encoding, self.interface);
        let pages = self.settings.pages.clone().filter(|_| self.takes_links);
        let explained = |code: Code| pages.as_deref().and_then(|pages| explained::page(pages, code, interface));
        let mut told = Vec::new();
        let mut remarks = Vec::new();
        for book in self.workspace.books.values_mut().filter(|book| book.is_untold) {
            book.check(today);
            book.is_untold = false;
            let mut found = by_file(book, encoding, interface, &explained);
            // What is mended now is told once more, as nothing.
            for path in std::mem::take(&mut book.told) {
                found.entry(path).or_default();
            }
            for (path, diagnostics) in found {
                if !diagnostics.is_empty() {
                    book.told.insert(path.clone());
                }
                let Some(uri) = uri(&book.address(&path)) else { continue };
                let version = book.texts.get(&path).map(|open| open.version);
                told.push(PublishDiagnosticsParams { uri, diagnostics, version });
            }
            remarks.extend(book.remark.clone().map(|remark| (book.root.clone(), remark)));
        }
        for params in told {
            self.notify("textDocument/publishDiagnostics", serde_json::to_value(params).unwrap_or(Value::Null))?;
        }
        remarks.iter().try_for_each(|(root, remark)| self.remark(root, remark))
    }

    fn notification(&mut self, notification: Notification) -> io::Result<()> {
        if self.stage != Stage::Running {
            return Ok(());
        }
        let Notification { method, params } = notification;
        match texts::note(&mut self.workspace, self.encoding, &method, params) {
            Ok(()) => Ok(()),
            Err(reason) => {
                self.notify("window/logMessage", json!({"type": 1, "message": format!("{method}: {reason}")}))
            }
        }
    }
}

/// Whether a request that waits was taken back already.
fn is_cancelled(id: &RequestId, waiting: &VecDeque<Incoming>) -> bool {
    let id = serde_json::to_value(id).unwrap_or(Value::Null);
    waiting.iter().any(|incoming| match incoming {
        Incoming::Message(Message::Notification(notification)) => {
            notification.method == "$/cancelRequest" && notification.params.get("id") == Some(&id)
        }
        _ => false,
    })
}

/// The folders that the editor has open.
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let several = params.workspace_folders.iter().flatten().filter_map(|folder| path_of(folder.uri.as_str()));
    let mut folders: Vec<PathBuf> = several.collect();
    #[expect(deprecated, reason = "older editors name one folder only")]
    if let (true, Some(root)) = (folders.is_empty(), &params.root_uri) {
        folders.extend(path_of(root.as_str()));
    }
    folders
}

/// A refusal of what an editor asked for, with what to do instead.
pub(super) fn refusal(interface: &Interface, message: &Said, help: Option<Said>) -> String {
    let message = interface.say(message);
    match help {
        Some(help) => format!("{message}; {} {}", interface.say(&say!("help:")), interface.say(&help)),
        None => message,
    }
}
