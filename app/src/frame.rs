//! What surrounds every page of a clerk: header with search and reader, menu with the work that waits, footer.

use crate::assets::{ICON, SCRIPTS, STYLE};
use crate::components::{Tone, banner, post_form};
use crate::render;
use leptos::prelude::*;

/// All that the surrounding of a page says. The server fills it once a request.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The office and its department: `〇〇区役所 戸籍住民課`.
    pub office: String,
    /// A training office marks every page 訓練.
    pub training: bool,
    /// Who is logged in; `None` on the login page, which then has no menu, search or reader.
    pub staff: Option<StaffBadge>,
    /// When the session ends by itself.
    pub session: Option<SessionNote>,
    /// The counter this browser stands at.
    pub station: Option<StationBadge>,
    /// The entries that this person may see, in order.
    pub menu: Vec<MenuItem>,
    /// Work that waits, shown beside the menu's entries.
    pub counts: MenuCounts,
    /// The entry the page belongs to.
    pub current: Option<MenuItem>,
    /// What the last action did, shown once above the page.
    pub flash: Option<Flash>,
    /// What this person began in the background and is over; shown until its page is opened.
    pub messages: Vec<FrameMessage>,
    /// The session's token for forms.
    pub csrf: String,
    /// What stands in the search box.
    pub query: String,
    /// Somebody is on the telephone: nobody is looked up, so neither search box nor reader is shown.
    pub telephone: bool,
    /// The program's version, for the footer.
    pub version: String,
}

/// Who is logged in.
#[derive(Clone, Debug, Default)]
pub struct StaffBadge {
    /// 佐藤.
    pub name: String,
    /// The role's label: 窓口.
    pub role: String,
}

/// When the session ends by itself.
#[derive(Clone, Debug, Default)]
pub struct SessionNote {
    /// The time of day: 15:42.
    pub until: String,
    /// Seconds until then, when the page was made.
    pub seconds: i64,
    /// A click puts it off; the end of a long day's session doesn't move.
    pub can_be_put_off: bool,
}

/// The counter and what its reader sees.
#[derive(Clone, Debug)]
pub struct StationBadge {
    /// 3番窓口.
    pub name: String,
    /// Its reader.
    pub reader: ReaderChip,
}

/// What the reader chip says. Updated by `/station/events` where script runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReaderChip {
    /// The counter has no reader.
    #[default]
    NoReader,
    /// The reader is set up but doesn't answer.
    Unreachable,
    /// A reader without a card.
    Empty,
    /// The card of a person in the register.
    Person {
        /// The name as registered; masked by the server where the person is under support measures.
        name: String,
        /// 宛名番号, for the link.
        number: String,
    },
    /// A card that nobody in the register owns, or one that can't be read.
    Stranger {
        /// Why, in a few words: 登録のないカード, 読み取れないカード.
        words: String,
    },
}

impl ReaderChip {
    /// The state's name in `data-state`, and in the event that the server sends.
    pub fn state(&self) -> &'static str {
        match self {
            Self::NoReader => "none",
            Self::Unreachable => "unreachable",
            Self::Empty => "empty",
            Self::Person { .. } => "person",
            Self::Stranger { .. } => "stranger",
        }
    }

    /// What the chip says.
    pub fn words(&self) -> String {
        match self {
            Self::NoReader => "リーダなし".to_owned(),
            Self::Unreachable => "リーダが応答しません".to_owned(),
            Self::Empty => "カードなし".to_owned(),
            Self::Person { name, .. } => format!("{name} さんのカード"),
            Self::Stranger { words } => words.clone(),
        }
    }

    /// Where a click leads: the card's person.
    pub fn href(&self) -> Option<String> {
        match self {
            Self::Person { number, .. } => Some(format!("/residents/{number}")),
            _ => None,
        }
    }

    /// A shape for each state, so that colour isn't the only sign.
    pub fn shape(&self) -> &'static str {
        match self {
            Self::NoReader => "－",
            Self::Unreachable => "×",
            Self::Empty => "○",
            Self::Person { .. } => "●",
            Self::Stranger { .. } => "▲",
        }
    }
}

/// The entries of the menu. Each is a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuItem {
    /// 今日
    Today,
    /// 作業一覧
    Work,
    /// 代理人請求
    Proxies,
    /// 通知
    Notices,
    /// 返戻
    Returns,
    /// 締め・日報
    Closing,
    /// 集計
    Statistics,
    /// 期限計算
    Calc,
    /// 取込
    Imports,
    /// 操作記録
    Audit,
    /// 設定
    Settings,
    /// 練習用リーダ (training only)
    Reader,
}

impl MenuItem {
    /// Where it leads.
    pub fn href(self) -> &'static str {
        match self {
            Self::Today => "/",
            Self::Work => "/work",
            Self::Proxies => "/proxies",
            Self::Notices => "/notices",
            Self::Returns => "/returns",
            Self::Closing => "/closing",
            Self::Statistics => "/statistics",
            Self::Calc => "/calc",
            Self::Imports => "/imports",
            Self::Audit => "/audit",
            Self::Settings => "/settings",
            Self::Reader => "/station/reader",
        }
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Today => "今日",
            Self::Work => "作業一覧",
            Self::Proxies => "代理人請求",
            Self::Notices => "通知",
            Self::Returns => "返戻",
            Self::Closing => "締め・日報",
            Self::Statistics => "集計",
            Self::Calc => "期限計算",
            Self::Imports => "取込",
            Self::Audit => "操作記録",
            Self::Settings => "設定",
            Self::Reader => "練習用リーダ",
        }
    }
}

/// Work that waits. Zero shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct MenuCounts {
    /// Open cases of the office.
    pub open_cases: u32,
    /// Proxies' requests between their two visits.
    pub proxies: u32,
    /// Notice campaigns that wait for a release or for the post.
    pub notices: u32,
    /// Rows of the lists of work that wait for the office.
    pub work: u32,
    /// Days that are over and not closed.
    pub unclosed: u32,
}

impl MenuCounts {
    fn of(self, item: MenuItem) -> u32 {
        match item {
            MenuItem::Today => self.open_cases,
            MenuItem::Proxies => self.proxies,
            MenuItem::Notices => self.notices,
            MenuItem::Work => self.work,
            MenuItem::Closing => self.unclosed,
            _ => 0,
        }
    }
}

/// What the last action did.
#[derive(Clone, Debug)]
pub struct Flash {
    /// Good news, a caution or an error.
    pub tone: Tone,
    /// One sentence.
    pub sentence: String,
}

/// Something in the background has ended.
#[derive(Clone, Debug, Default)]
pub struct FrameMessage {
    /// Good news or bad.
    pub tone: Tone,
    /// What happened.
    pub sentence: String,
    /// Where it is seen; opening it is reading the message.
    pub href: String,
}

impl FrameMessage {
    fn view(&self) -> AnyView {
        let link = view! { <a href=self.href.clone()>"開いて確かめる"</a> };
        view! { <div class="message">{banner(self.tone, &self.sentence)}{link}</div> }.into_any()
    }
}

impl Frame {
    /// A whole document with `title` and `body` inside this frame. `live` makes the page refresh its middle while
    /// something runs.
    pub(crate) fn document(&self, title: &str, live: bool, body: impl FnOnce() -> AnyView) -> String {
        render::document(&self.csrf, || {
            let inside = self.staff.is_some();
            let layout = if inside { "layout" } else { "layout layout--alone" };
            view! {
                <html lang="ja">
                    {head(&format!("{title} | 窓口"), live)}
                    <body data-live=live.then_some("1")>
                        <a class="skip" href="#main">"本文へ移る"</a>
                        {header(self)}
                        <div class=layout>
                            {inside.then(|| menu(self))}
                            <main id="main" tabindex="-1">
                                {self.session.as_ref().map(ending)}
                                {self.messages.iter().map(FrameMessage::view).collect::<Vec<_>>()}
                                {self.flash.as_ref().map(|flash| banner(flash.tone, &flash.sentence))}
                                {body()}
                            </main>
                            {footer(self)}
                        </div>
                    </body>
                </html>
            }
            .into_any()
        })
    }
}

/// The head of a document. A live page reloads itself by script, and by a `meta` where there is none.
pub(crate) fn head(title: &str, live: bool) -> AnyView {
    let scripts: Vec<_> =
        SCRIPTS.iter().map(|asset| view! { <script src=asset.address() defer></script> }).collect();
    let reload = live.then(|| view! { <noscript><meta http-equiv="refresh" content="3"/></noscript> });
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="format-detection" content="telephone=no,date=no,address=no"/>
            <meta name="referrer" content="same-origin"/>
            <title>{title.to_owned()}</title>
            <link rel="icon" type="image/svg+xml" href=ICON.address()/>
            <link rel="stylesheet" href=STYLE.address()/>
            {reload}
            {scripts}
        </head>
    }
    .into_any()
}

fn header(frame: &Frame) -> AnyView {
    let training = frame.training.then(|| view! { <strong class="training">"訓練"</strong> });
    let inside = frame.staff.is_some();
    let search = inside.then(|| if frame.telephone { on_the_telephone() } else { search_box(&frame.query) });
    let station = frame.station.as_ref().filter(|_| inside && !frame.telephone).map(|station| {
        view! {
            <div class="station">
                <span class="station__name">{station.name.clone()}</span>
                {reader_chip(&station.reader)}
            </div>
        }
    });
    let staff = frame.staff.as_ref().map(|staff| {
        let logout = post_form("/logout")
            .class("logout")
            .view(view! { <button type="submit" class="button button--quiet">"終了する"</button> }.into_any());
        let hide = post_form("/lock").class("logout").id("hide").view(
            view! { <button type="submit" class="button button--quiet" accesskey="l" title="画面を隠す(F9)">"画面を隠す"</button> }
                .into_any(),
        );
        view! {
            <div class="staff">
                <a class="staff__name" href="/password" title="パスワードを変える">{staff.name.clone()}<small>{format!("({})", staff.role)}</small></a>
                {hide}
                {logout}
            </div>
        }
    });
    view! {
        <header class="header">
            <a class="header__home" href="/"><span class="header__mark">"窓口"</span><span class="header__office">{frame.office.clone()}</span></a>
            {training}
            {search}
            {station}
            {staff}
        </header>
    }
    .into_any()
}

fn search_box(query: &str) -> AnyView {
    view! {
        <form class="search" role="search" action="/search" method="get">
            <label class="sr" for="q">"住民をさがす"</label>
            <input
                id="q" name="q" type="search" class="input search__input" value=query.to_owned() autocomplete="off"
                accesskey="/" spellcheck="false" placeholder="氏名・カナ・生年月日・住所・受付番号"
            />
            <kbd class="search__key" aria-hidden="true">"/"</kbd>
            <button type="submit" class="button search__go">"さがす"</button>
            <div class="search__found" id="found" hidden></div>
        </form>
    }
    .into_any()
}

/// In the place of the search box, so that nobody is looked up by habit.
fn on_the_telephone() -> AnyView {
    view! {
        <div class="search search--telephone">
            <strong>"☎ 電話対応中"</strong>
            <a class="button" href="/search">"電話の対応を終える"</a>
        </div>
    }
    .into_any()
}

fn reader_chip(chip: &ReaderChip) -> AnyView {
    view! {
        <a
            class="chip" id="reader" data-state=chip.state() href=chip.href() data-events="/station/events"
            role="status" aria-live="polite"
        >
            <span class="chip__shape" aria-hidden="true">{chip.shape()}</span>
            <span class="chip__words">{chip.words()}</span>
        </a>
    }
    .into_any()
}

fn menu(frame: &Frame) -> AnyView {
    let entries: Vec<_> = frame
        .menu
        .iter()
        .map(|&item| {
            let count = frame.counts.of(item);
            let here = (frame.current == Some(item)).then_some("page");
            let badge = (count > 0).then(|| {
                view! { <span class="menu__count">{count.to_string()}<span class="sr">"件"</span></span> }
            });
            view! { <li><a class="menu__link" href=item.href() aria-current=here>{item.label()}{badge}</a></li> }
        })
        .collect();
    view! { <nav class="menu" aria-label="メニュー"><ul>{entries}</ul></nav> }.into_any()
}

/// Before the session ends by itself; the script shows it two minutes before.
fn ending(note: &SessionNote) -> AnyView {
    let (sentence, button) = if note.can_be_put_off {
        let sentence = format!("操作がないため、{}に業務の画面が閉じます。", note.until);
        let button = view! { <button type="submit" class="button">"業務を続ける"</button> }.into_any();
        (sentence, post_form("/session").class("form form--inline").view(button))
    } else {
        let sentence = format!(
            "ログインから長い時間がたったため、{}に業務の画面が閉じます。きりのよいところでログインし直してください。",
            note.until
        );
        (sentence, ().into_any())
    };
    view! {
        <div class="banner banner--caution ending" id="ending" role="alert" hidden>
            <span class="banner__word"><span aria-hidden="true">"△"</span>"注意"</span>
            <p>{sentence}</p>
            {button}
        </div>
    }
    .into_any()
}

fn footer(frame: &Frame) -> AnyView {
    let training = if frame.training {
        "訓練用です。登場する人物とカードは架空です。"
    } else {
        ""
    };
    view! {
        <footer class="footer">
            {frame.session.as_ref().map(|note| {
                view! {
                    <a class="footer__session" id="session" href="/session" data-seconds=note.seconds.to_string()>
                        {format!("操作がないと{}に閉じます", note.until)}
                    </a>
                }
            })}
            <span>{format!("窓口 {}", frame.version)}</span>
            <span>{training}</span>
        </footer>
    }
    .into_any()
}
