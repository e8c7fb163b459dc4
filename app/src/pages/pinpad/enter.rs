//! The inputs. Every value goes straight to the counter and is never printed back.

use super::whole_form_errors;
use crate::components::{Button, Field, FormErrors, post_form};
use leptos::prelude::*;
use rules::kinds::PinKind;

/// What the resident is asked.
#[derive(Clone, Debug, Default)]
pub struct PadEnter {
    /// Which request this answers; a stale one is refused.
    pub request: String,
    /// Enough for the person to see that it is theirs: 「渡邉 さん」.
    pub person: String,
    /// The PINs, in the order to ask.
    pub pins: Vec<PadPin>,
    /// What was wrong, by PIN code (`signature`, …); never a value.
    pub errors: FormErrors,
}

/// One PIN to ask for.
#[derive(Clone, Copy, Debug)]
pub struct PadPin {
    /// Which PIN; its code is the input's name.
    pub kind: PinKind,
    /// Tries left, as the card says.
    pub tries_left: Option<u8>,
    /// It already matched and isn't asked again.
    pub matched: bool,
    /// One try is left: the resident must agree to spend it, by `last_try` with the PIN's code.
    pub wants_consent: bool,
}

/// Posts to `/pinpad/pins` with one field a PIN, or to `/pinpad/stop`.
pub(super) fn view(page: &PadEnter) -> AnyView {
    let mut first = true;
    let fields: Vec<_> = page
        .pins
        .iter()
        .map(|pin| {
            if pin.matched {
                return view! { <p class="field"><strong>{name(pin.kind)}</strong>" "<span class="mark mark--good">"✓ 合っていました"</span></p> }.into_any();
            }
            let focus = std::mem::take(&mut first);
            input(page, *pin, focus)
        })
        .collect();
    let inside = view! {
        <div class="pad__pins">{fields}</div>
        <div class="actions">{Button::primary("入力を終える").view()}</div>
    }
    .into_any();
    view! {
        <h1>{ruby("暗証番号", "あんしょうばんごう")}"を"{ruby("入力", "にゅうりょく")}"してください"</h1>
        <p class="pad__who"><strong>{page.person.clone()}</strong></p>
        <p>"ほかの人に見えないように入力してください。職員にも教えないでください。"</p>
        {whole_form_errors(&page.errors)}
        {post_form("/pinpad/pins").hidden("request", &page.request).view(inside)}
        {post_form("/pinpad/stop").hidden("request", &page.request).view(
            view! { <div class="actions">{Button::secondary("わからない・やめる").view()}</div> }.into_any(),
        )}
    }
    .into_any()
}

fn input(page: &PadEnter, pin: PadPin, focus: bool) -> AnyView {
    let code = pin.kind.code();
    let (class, mode, most) = match pin.kind {
        PinKind::Signature => ("input input--pin", "text", 16),
        _ => ("input input--pin input--pin4", "numeric", 4),
    };
    let mut field = Field::secret(code, name(pin.kind))
        .hint(hint(pin.kind))
        .error(page.errors.of(code))
        .class(class)
        .input_mode(mode)
        .max_length(most)
        .required();
    if focus {
        field = field.autofocus();
    }
    let left = pin.tries_left.map(|left| {
        let class = if left <= 1 { "pad__tries mark mark--bad" } else { "pad__tries muted" };
        let words = match left {
            1 => "△ あと1回まちがえると、使えなくなります。".to_owned(),
            _ => format!("あと{left}回入力できます。"),
        };
        view! { <p class=class>{words}</p> }
    });
    let consent = pin.wants_consent.then(|| {
        let id = format!("last_try_{code}");
        view! {
            <label class="tick" for=id.clone()>
                <input type="checkbox" id=id.clone() name="last_try" value=code/>
                <span>"まちがえると使えなくなることがわかったうえで、入力します"</span>
            </label>
        }
    });
    view! { <div class="field">{field.view()}{left}{consent}</div> }.into_any()
}

fn ruby(word: &'static str, reading: &'static str) -> AnyView {
    view! { <ruby>{word}<rt>{reading}</rt></ruby> }.into_any()
}

/// Names as the resident's own sheet calls them, with what they are for.
fn name(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Signature => "① 署名用(6から16文字)",
        PinKind::Authentication => "② 利用者証明用(数字4けた)",
        PinKind::ResidentRegister => "③ 住民基本台帳用(数字4けた)",
        PinKind::CardEntry => "④ 券面事項入力補助用(数字4けた)",
    }
}

fn hint(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Signature => "大きい文字のアルファベットと数字です。カードを作ったときに決めました。",
        PinKind::Authentication => "コンビニで証明書を取るときや、病院で使う番号です。",
        PinKind::ResidentRegister | PinKind::CardEntry => "②と同じ番号にした人が多いです。",
    }
}
