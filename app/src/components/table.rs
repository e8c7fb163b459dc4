//! Tables: dense, striped, with a caption and heads that screen readers can use.

use leptos::prelude::*;

/// How a column's cells stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Text.
    #[default]
    Start,
    /// Numbers.
    End,
    /// Dates and codes: as narrow as they are, never wrapped.
    Tight,
}

/// A column's head.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What is in it; may be empty for a column of buttons.
    pub head: &'static str,
    /// How its cells stand.
    pub align: Align,
}

/// A table under construction.
pub struct Table {
    caption: String,
    caption_hidden: bool,
    columns: Vec<Column>,
    rows: Vec<(Vec<AnyView>, &'static str)>,
    empty: String,
    id: Option<&'static str>,
}

impl Column {
    /// A column of text.
    pub const fn text(head: &'static str) -> Self {
        Self { head, align: Align::Start }
    }

    /// A column of numbers.
    pub const fn number(head: &'static str) -> Self {
        Self { head, align: Align::End }
    }

    /// A column of dates or codes.
    pub const fn tight(head: &'static str) -> Self {
        Self { head, align: Align::Tight }
    }
}

impl Align {
    fn class(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::End => "end",
            Self::Tight => "tight",
        }
    }
}

impl Table {
    /// A table with a caption, columns and what it says without rows.
    pub fn new(caption: impl Into<String>, columns: &[Column], empty: impl Into<String>) -> Self {
        Self {
            caption: caption.into(),
            caption_hidden: false,
            columns: columns.to_vec(),
            rows: Vec::new(),
            empty: empty.into(),
            id: None,
        }
    }

    /// The caption is for screen readers only, because a heading stands above.
    #[must_use]
    pub fn under_heading(mut self) -> Self {
        self.caption_hidden = true;
        self
    }

    /// The table's id.
    #[must_use]
    pub fn id(mut self, id: &'static str) -> Self {
        self.id = Some(id);
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<AnyView>) {
        self.rows.push((cells, ""));
    }

    /// Adds a row that looks different: `row--masked`, `row--refused`.
    pub fn row_with(&mut self, class: &'static str, cells: Vec<AnyView>) {
        self.rows.push((cells, class));
    }

    /// The table, or its sentence when it has no rows.
    pub fn view(self) -> AnyView {
        if self.rows.is_empty() {
            return view! { <p class="empty">{self.empty}</p> }.into_any();
        }
        let heads: Vec<_> = self
            .columns
            .iter()
            .map(|column| view! { <th scope="col" class=column.align.class()>{column.head}</th> })
            .collect();
        let columns = self.columns;
        let rows: Vec<_> = self
            .rows
            .into_iter()
            .map(|(cells, class)| {
                let cells: Vec<_> = cells
                    .into_iter()
                    .enumerate()
                    .map(|(index, cell)| {
                        // The head again, for narrow screens where rows become blocks.
                        let column = columns.get(index);
                        let align = column.map_or("", |column| column.align.class());
                        let head = column.map_or("", |column| column.head);
                        view! { <td class=align data-head=head>{cell}</td> }
                    })
                    .collect();
                view! { <tr class=class>{cells}</tr> }
            })
            .collect();
        let caption = if self.caption_hidden { "sr" } else { "" };
        view! {
            <table class="table" id=self.id>
                <caption class=caption>{self.caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }
}
