use std::collections::BTreeMap;

use crate::read::xml::Element;

/// What a style says of its paragraphs and runs, its parents' word included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Its own id; `None` for none.
    pub(super) id: Option<String>,
    /// The level of the heading, from 0.
    pub(super) outline: Option<u8>,
    /// Is it the title of the document?
    pub(super) is_title: bool,
    /// Is it a line of a contents page?
    pub(super) is_contents: bool,
    pub(super) is_hidden: bool,
    /// Is its text set small and high?
    pub(super) is_raised: bool,
    /// The list it belongs to.
    pub(super) list: Option<String>,
    /// The level in that list.
    pub(super) level: Option<usize>,
}

/// The styles of a document by their id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    usual: String,
}

/// How many styles may stand on one another; Word allows eleven.
const DEEPEST: usize = 16;

impl Styles {
    pub(super) fn new(root: Option<&Element>) -> Self {
        let Some(root) = root else { return Self::default() };
        let elements: BTreeMap<&str, &Element> = root
            .elements()
            .filter(|element| &*element.name == "style")
            .filter_map(|element| Some((element.get("styleId")?, element)))
            .collect();
        let usual = elements.iter().find(|(_, style)| {
            style.get("type") == Some("paragraph")
                && matches!(style.get("default"), Some("1" | "true"))
        });
        let usual = usual.map(|(id, _)| (*id).to_owned()).unwrap_or_default();
        let mut styles = BTreeMap::new();
        for &id in elements.keys() {
            styles.insert(id.to_owned(), resolved(id, &elements));
        }
        Self { styles, usual }
    }

    /// The style of that id, or the usual one.
    pub(super) fn get(&self, id: Option<&str>) -> Style {
        let style = id.and_then(|id| self.styles.get(id));
        style.or_else(|| self.styles.get(&self.usual)).cloned().unwrap_or_default()
    }
}

fn resolved(id: &str, elements: &BTreeMap<&str, &Element>) -> Style {
    let mut chain = Vec::new();
    let mut next = elements.get(id);
    while let Some(&element) = next
        && chain.len() < DEEPEST
    {
        chain.push(element);
        let parent = element.child("basedOn").and_then(|parent| parent.get("val"));
        next = parent.and_then(|parent| elements.get(parent));
    }
    // The furthest parent speaks first.
    let mut style = Style::default();
    for element in chain.into_iter().rev() {
        refine(&mut style, element);
    }
    style.id = Some(id.to_owned());
    style
}

fn refine(style: &mut Style, element: &Element) {
    let name = element.child("name").and_then(|name| name.get("val")).unwrap_or("");
    let name = name.to_lowercase();
    let of_name = ["heading ", "标题 ", "標題 "]
        .iter()
        .find_map(|start| name.strip_prefix(start))
        .and_then(|level| level.trim().parse::<u8>().ok());
    let properties = element.child("pPr");
    let value = |key: &str| properties.and_then(|p| p.child(key));
    let outline = value("outlineLvl").and_then(|level| level.number("val"));
    style.outline = outline.or(of_name.map(|n| n.saturating_sub(1))).or(style.outline);
    style.is_title |= matches!(&*name, "title" | "标题" | "標題");
    style.is_contents |= name
        .strip_prefix("toc ")
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    if let Some(run) = element.child("rPr")
        && run.child("vanish").is_some()
    {
        style.is_hidden = is_on(Some(run), "vanish");
        style.is_raised = is_raised(Some(run));
    }
    if let Some(list) = value("numPr") {
        let id = list.child("numId").and_then(|id| id.get("val"));
        style.list = id.map(str::to_owned).or(style.list.take());
        style.level = list.child("ilvl").and_then(|l| l.number("val")).or(style.level);
    }
}

/// Is a switch of WordprocessingML on? It is unless its value says no.
pub(super) fn is_on(properties: Option<&Element>, name: &str) -> bool {
    let Some(switch) = properties.and_then(|p| p.child(name)) else { return false };
    !matches!(switch.get("val"), Some("0" | "false" | "off" | "none"))
}

/// Is a text set small and high: as a superscript, or by so many half points?
pub(super) fn is_raised(properties: Option<&Element>) -> bool {
    let value = |name| properties.and_then(|p| p.child(name));
    match value("vertAlign") {
        Some(align) => align.get("val") == Some("superscript"),
        None => {
            value("position").and_then(|p| p.number::<i32>("val")).is_some_and(|n| n > 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::parse;

    #[test]
    fn a_style_takes_after_its_parents() {
        let root = parse(
            "<styles><style styleId='a' type='paragraph' default='1'><name val='Normal'/></style>\
             <style styleId='b'><name val='heading 2'/><basedOn val='a'/></style>\
             <style styleId='c'><name val='Clause'/><basedOn val='b'/>\
             <pPr><numPr><numId val='4'/></numPr></pPr></style>\
             <style styleId='l'><name val='loop'/><basedOn val='l'/></style></styles>"
                .as_bytes(),
        )
        .unwrap();
        let styles = Styles::new(Some(&root));
        let clause = styles.get(Some("c"));
        assert_eq!((clause.outline, clause.list.as_deref()), (Some(1), Some("4")));
        assert_eq!(styles.get(None).outline, None);
        assert_eq!(styles.get(Some("l")).outline, None);
    }
}
