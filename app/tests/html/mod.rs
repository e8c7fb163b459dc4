//! Just enough of an HTML reader to check what the pages print.

/// A tag with its attributes, or a piece of text.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// `<name attributes>`
    Open(Tag),
    /// `</name>`
    Close(String),
    /// Text between tags, still escaped.
    Text(String),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Its attributes, values still escaped.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the class list has `class`.
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_whitespace().any(|each| each == class))
    }
}

/// Takes a document apart. Panics where a browser would have to guess.
pub fn read(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("a document type");
    while let Some(start) = rest.find('<') {
        if start > 0 {
            pieces.push(Piece::Text(rest[..start].to_owned()));
        }
        rest = &rest[start + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let end = after.find('>').expect("a closing tag ends");
            pieces.push(Piece::Close(after[..end].to_owned()));
            rest = &after[end + 1..];
        } else {
            let (tag, after) = open(rest);
            pieces.push(Piece::Open(tag));
            rest = after;
        }
    }
    pieces
}

fn open(text: &str) -> (Tag, &str) {
    let end = text.find([' ', '>', '/']).expect("a tag ends");
    let name = text[..end].to_owned();
    assert!(
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()),
        "a strange tag: <{}",
        &text[..end]
    );
    let mut rest = &text[end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return (Tag { name, attributes }, after);
        }
        let end = rest.find(['=', ' ', '>']).expect("an attribute ends");
        let key = rest[..end].to_owned();
        assert!(
            key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ':'),
            "a strange attribute: {key}"
        );
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix("=\"") {
            let end = after.find('"').expect("a value ends");
            attributes.push((key, after[..end].to_owned()));
            rest = &after[end + 1..];
        } else {
            attributes.push((key, String::new()));
        }
    }
}

/// All opening tags.
pub fn tags(html: &str) -> Vec<Tag> {
    read(html)
        .into_iter()
        .filter_map(|piece| if let Piece::Open(tag) = piece { Some(tag) } else { None })
        .collect()
}

/// What a person can read: text and the attributes that are spoken or shown. Codes and numbers of things are left
/// out, because they are not words.
pub fn words(html: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut code: Option<(String, usize)> = None;
    for piece in read(html) {
        match piece {
            Piece::Open(tag) => {
                for spoken in ["placeholder", "title", "alt", "aria-label", "data-head"] {
                    words.extend(tag.get(spoken).map(str::to_owned));
                }
                match &mut code {
                    Some((name, depth)) if *name == tag.name => *depth += 1,
                    None if tag.has_class("code") => code = Some((tag.name, 1)),
                    _ => {}
                }
            }
            Piece::Close(closed) => {
                if let Some((name, depth)) = &mut code
                    && *name == closed
                {
                    *depth -= 1;
                    if *depth == 0 {
                        code = None;
                    }
                }
            }
            Piece::Text(text) if code.is_none() => words.push(text),
            Piece::Text(_) => {}
        }
    }
    words
}
