//! Named fields: what may stand in braces, and what printing puts in its place.

use super::Paper;
use crate::OfficeText;

/// A field of a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What stands between the braces.
    pub name: &'static str,
    /// What is printed there.
    pub meaning: &'static str,
}

const fn field(name: &'static str, meaning: &'static str) -> Field {
    Field { name, meaning }
}

const OFFICE: &[Field] = &[
    field("区市町村", "設定の「役所の表示」の区市町村"),
    field("担当", "担当の課と係"),
    field("差出人", "区市町村長の職と氏名"),
    field("電話", "担当の電話番号"),
    field("場所", "手続きの場所"),
    field("時間", "受付の時間"),
    field("休み", "休みの日"),
    field("サイト", "案内のページの番地"),
];

const NOTICE: &[Field] = &[
    field("手数料", "[更新が無料]または[更新が有料]の文"),
    field("期限後の手数料", "[発行が無料]または[発行が有料]の文"),
    field("円", "手数料の額(手数料の文の中だけ)"),
    field("暗証番号の数", "窓口で入力する暗証番号の数"),
];

const INQUIRY: &[Field] = &[
    field("申請日", "申請のあった日"),
    field("来庁者", "申請に来た方の氏名と関係。わからないときは「代理の方」"),
    field("手続き", "申請のあった手続き"),
    field("回答期限", "回答書を持って来る期限"),
    field("受付番号", "受付番号"),
];

const CASE: &[Field] = &[field("受付番号", "受付番号")];

const RECEIPT: &[Field] =
    &[field("受付番号", "受付番号"), field("手続き", "手続きの名前"), field("結果", "手続きの結果")];

/// Fields in the order they are told; the office's come last.
pub(super) fn own(paper: Paper) -> &'static [Field] {
    match paper {
        Paper::Notice => NOTICE,
        Paper::Inquiry => INQUIRY,
        Paper::Receipt => RECEIPT,
        Paper::Application | Paper::PinApplication | Paper::CertificateCopy | Paper::ReceptionSlip => CASE,
        Paper::Envelope | Paper::DailyReport => &[],
    }
}

impl Paper {
    /// What may stand in braces in this paper's wording.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        own(self).iter().chain(OFFICE).copied()
    }
}

/// What the fields of one sheet say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Values {
    list: Vec<(&'static str, String)>,
}

impl Values {
    /// Sets a field.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.list.push((name, value.into()));
    }

    /// `text` with its fields replaced; parsing has seen to it that there are no others.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            if let Some((_, value)) = self.list.iter().find(|(known, _)| *known == name) {
                filled.push_str(value);
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// The office's fields.
pub(crate) fn office_values(office: &OfficeText) -> Values {
    let list = [
        ("区市町村", &office.ward),
        ("担当", &office.department),
        ("差出人", &office.mayor),
        ("電話", &office.phone),
        ("場所", &office.place),
        ("時間", &office.hours),
        ("休み", &office.closed),
        ("サイト", &office.website),
    ];
    Values { list: list.into_iter().map(|(name, value)| (name, value.clone())).collect() }
}
