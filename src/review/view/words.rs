//! The words of the page: a value a language, so that a missing one does not compile.

/// All words of the page in one language.
#[derive(Debug)]
pub(crate) struct Words {
    /// BCP 47 tag of the page.
    pub(crate) tag: &'static str,
    /// Short name of the language.
    pub(crate) ui: &'static str,
    /// Short name of the other language.
    pub(crate) other_ui: &'static str,
    /// What the other language calls itself.
    pub(crate) other: &'static str,
    /// Link to the contents.
    pub(crate) skip: &'static str,
    /// The tabs.
    pub(crate) views: &'static str,
    /// A view.
    pub(crate) overview: &'static str,
    /// A view.
    pub(crate) alignment: &'static str,
    /// A view.
    pub(crate) terms: &'static str,
    /// A view.
    pub(crate) findings: &'static str,
    /// A tool.
    pub(crate) undo: &'static str,
    /// A tool.
    pub(crate) redo: &'static str,
    /// The panel.
    pub(crate) why: &'static str,
    /// A tool.
    pub(crate) export: &'static str,
    /// A tool.
    pub(crate) light: &'static str,
    /// A tool.
    pub(crate) keys: &'static str,
    /// Leaves a dialog.
    pub(crate) close: &'static str,
    /// The meter.
    pub(crate) rows_confirmed: &'static str,
    /// The row of filters.
    pub(crate) filters: &'static str,
    /// A filter.
    pub(crate) all: &'static str,
    /// A filter.
    pub(crate) to_look_at: &'static str,
    /// A filter.
    pub(crate) doubtful: &'static str,
    /// A filter.
    pub(crate) many: &'static str,
    /// A filter.
    pub(crate) unaligned: &'static str,
    /// A filter.
    pub(crate) contradictions: &'static str,
    /// A filter.
    pub(crate) bookmarked: &'static str,
    /// The search.
    pub(crate) search: &'static str,
    /// The search, for screen readers.
    pub(crate) search_label: &'static str,
    /// Sends a search without script.
    pub(crate) search_go: &'static str,
    /// A column.
    pub(crate) chinese: &'static str,
    /// A column.
    pub(crate) english: &'static str,
    /// The rows, for screen readers.
    pub(crate) rows_label: &'static str,
    /// A status.
    pub(crate) st_auto: &'static str,
    /// A status.
    pub(crate) st_confirmed: &'static str,
    /// A status.
    pub(crate) st_corrected: &'static str,
    /// A status.
    pub(crate) st_look: &'static str,
    /// An empty cell.
    pub(crate) slot: &'static str,
    /// What can be done with it.
    pub(crate) slot_hint: &'static str,
    /// A row that is tied.
    pub(crate) tied_to: &'static str,
    /// What is wrong with a row.
    pub(crate) unsure: &'static str,
    /// Before an original text.
    pub(crate) original: &'static str,
    /// A long cell.
    pub(crate) cut_short: &'static str,
    /// No rows.
    pub(crate) nothing_here: &'static str,
    /// Paging.
    pub(crate) previous_page: &'static str,
    /// Paging.
    pub(crate) next_page: &'static str,
    /// An operation.
    pub(crate) confirm_on: &'static str,
    /// An operation.
    pub(crate) confirm_stay: &'static str,
    /// An operation.
    pub(crate) confirm_up: &'static str,
    /// An operation.
    pub(crate) needs_look: &'static str,
    /// An operation.
    pub(crate) bookmark: &'static str,
    /// A note.
    pub(crate) note: &'static str,
    /// A note.
    pub(crate) note_hint: &'static str,
    /// Sends a note.
    pub(crate) save: &'static str,
    /// An operation.
    pub(crate) merge_below: &'static str,
    /// An operation.
    pub(crate) merge_above: &'static str,
    /// An operation.
    pub(crate) split: &'static str,
    /// An operation.
    pub(crate) down: &'static str,
    /// An operation.
    pub(crate) up: &'static str,
    /// An operation.
    pub(crate) shift_down: &'static str,
    /// An operation.
    pub(crate) shift_up: &'static str,
    /// Operation.
    pub(crate) realign: &'static str,
    /// Operation.
    pub(crate) realign_all: &'static str,
    /// Operation.
    pub(crate) take_other: &'static str,
    /// Before another reading of some rows.
    pub(crate) other_reading: &'static str,
    /// Where words would go in another reading.
    pub(crate) to_row_below: &'static str,
    /// The same.
    pub(crate) to_row_above: &'static str,
    /// Filter: rows that a realignment changed.
    pub(crate) changed: &'static str,
    /// What the translator gets.
    pub(crate) report: &'static str,
    /// The same.
    pub(crate) faults: &'static str,
    /// The same.
    pub(crate) notes: &'static str,
    /// The same.
    pub(crate) changed_texts: &'static str,
    /// The page as a file.
    pub(crate) save_decisions: &'static str,
    /// The same.
    pub(crate) offline_note: &'static str,
    /// The same.
    pub(crate) kept_here: &'static str,
    /// The same: who decides.
    pub(crate) who: &'static str,
    /// Banner of the overview.
    pub(crate) sources_changed: &'static str,
    /// Before a text as it was.
    pub(crate) was_text: &'static str,
    /// Before a text as it is.
    pub(crate) now_text: &'static str,
    /// An operation.
    pub(crate) part: &'static str,
    /// An operation.
    pub(crate) swap: &'static str,
    /// An operation.
    pub(crate) tie: &'static str,
    /// An operation.
    pub(crate) edit: &'static str,
    /// Before the number of a row.
    pub(crate) row: &'static str,
    /// The panel.
    pub(crate) named_by_both: &'static str,
    /// The panel.
    pub(crate) what_to_do: &'static str,
    /// The panel.
    pub(crate) history: &'static str,
    /// The panel.
    pub(crate) aligned_by_program: &'static str,
    /// Behind a score.
    pub(crate) of_100: &'static str,
    /// In place of a score.
    pub(crate) made_by_hand: &'static str,
    /// A group.
    pub(crate) group_num: &'static str,
    /// A group.
    pub(crate) group_cite: &'static str,
    /// A group.
    pub(crate) group_name: &'static str,
    /// A group.
    pub(crate) group_term: &'static str,
    /// A group.
    pub(crate) group_word: &'static str,
    /// The foot.
    pub(crate) saved: &'static str,
    /// Keys.
    pub(crate) k_move: &'static str,
    /// Keys.
    pub(crate) k_decide: &'static str,
    /// Keys.
    pub(crate) k_correct: &'static str,
    /// Keys.
    pub(crate) k_always: &'static str,
    /// Keys.
    pub(crate) k_row: &'static str,
    /// Keys.
    pub(crate) k_column: &'static str,
    /// Keys.
    pub(crate) k_next: &'static str,
    /// Keys.
    pub(crate) k_previous: &'static str,
    /// Keys.
    pub(crate) k_heading: &'static str,
    /// Keys.
    pub(crate) k_search: &'static str,
    /// Keys.
    pub(crate) k_goto: &'static str,
    /// Keys.
    pub(crate) k_next_term: &'static str,
    /// Asks for a row.
    pub(crate) goto_ask: &'static str,
    /// A filter.
    pub(crate) to_decide: &'static str,
    /// A filter.
    pub(crate) accepted: &'static str,
    /// A filter.
    pub(crate) rejected: &'static str,
    /// A filter.
    pub(crate) forbidden: &'static str,
    /// A filter.
    pub(crate) inconsistent: &'static str,
    /// An operation.
    pub(crate) accept: &'static str,
    /// An operation.
    pub(crate) prefer: &'static str,
    /// An operation.
    pub(crate) reject: &'static str,
    /// An operation.
    pub(crate) forbid: &'static str,
    /// An operation.
    pub(crate) back_to_candidate: &'static str,
    /// An operation.
    pub(crate) edit_term: &'static str,
    /// A field of a term.
    pub(crate) subject: &'static str,
    /// Counts of a term.
    pub(crate) together: &'static str,
    /// Counts of a term.
    pub(crate) in_all: &'static str,
    /// Counts of a term.
    pub(crate) times: &'static str,
    /// Of a term.
    pub(crate) confidence: &'static str,
    /// The card.
    pub(crate) also_here: &'static str,
    /// The card.
    pub(crate) where_it_stands: &'static str,
    /// An operation.
    pub(crate) open_row: &'static str,
    /// The view of terms.
    pub(crate) no_terms: &'static str,
    /// The view of findings.
    pub(crate) no_findings: &'static str,
    /// The list of kinds.
    pub(crate) kinds: &'static str,
    /// A severity.
    pub(crate) error: &'static str,
    /// A severity.
    pub(crate) warning: &'static str,
    /// A severity.
    pub(crate) remark: &'static str,
    /// An operation.
    pub(crate) right_as_is: &'static str,
    /// An operation.
    pub(crate) all_alike: &'static str,
    /// An operation.
    pub(crate) fault: &'static str,
    /// An operation.
    pub(crate) open_again: &'static str,
    /// An empty passage.
    pub(crate) nothing: &'static str,
    /// Beside the findings.
    pub(crate) findings_note: &'static str,
    /// The map.
    pub(crate) map: &'static str,
    /// Legend.
    pub(crate) m_sure: &'static str,
    /// Legend.
    pub(crate) m_ok: &'static str,
    /// Legend.
    pub(crate) m_doubt: &'static str,
    /// Legend.
    pub(crate) m_bad: &'static str,
    /// Legend.
    pub(crate) m_hole: &'static str,
    /// A card.
    pub(crate) rows_to_look_at: &'static str,
    /// A card.
    pub(crate) look_about: &'static str,
    /// A card.
    pub(crate) findings_card: &'static str,
    /// A card.
    pub(crate) findings_about: &'static str,
    /// A card.
    pub(crate) terms_card: &'static str,
    /// A card.
    pub(crate) terms_about: &'static str,
    /// A card.
    pub(crate) begin: &'static str,
    /// The overview.
    pub(crate) exports: &'static str,
    /// The overview.
    pub(crate) only_confirmed: &'static str,
    /// The overview.
    pub(crate) download: &'static str,
    /// The overview.
    pub(crate) write_all: &'static str,
    /// The overview.
    pub(crate) last_decisions: &'static str,
    /// The overview.
    pub(crate) no_decisions: &'static str,
    /// The overview.
    pub(crate) one_side_empty: &'static str,
    /// The overview.
    pub(crate) read_only: &'static str,
    /// The overview.
    pub(crate) source_lost: &'static str,
    /// A notice.
    pub(crate) older_program: &'static str,
    /// A button.
    pub(crate) align_anew: &'static str,
    /// A notice.
    pub(crate) aligning_anew: &'static str,
    /// A remark.
    pub(crate) no_script: &'static str,
    /// After the key.
    pub(crate) opened: &'static str,
    /// After the key.
    pub(crate) go_on: &'static str,
    /// A refusal.
    pub(crate) refused: &'static str,
    /// A refusal.
    pub(crate) not_found: &'static str,
    /// A toast.
    pub(crate) undone: &'static str,
    /// A toast.
    pub(crate) redone: &'static str,
    /// A toast.
    pub(crate) done_elsewhere: &'static str,
    /// A toast.
    pub(crate) nothing_more: &'static str,
    /// A bar.
    pub(crate) gone: &'static str,
    /// A bar.
    pub(crate) again: &'static str,
    /// A link.
    pub(crate) show: &'static str,
    /// A bar.
    pub(crate) not_saved: &'static str,
    /// A bar.
    pub(crate) termbase_not_written: &'static str,
    /// Before terms that somebody else decided otherwise: there ≠ here.
    pub(crate) termbase_differs: &'static str,
    /// Pick mode.
    pub(crate) pick: &'static str,
    /// Split mode.
    pub(crate) other_place: &'static str,
    /// Split mode.
    pub(crate) other_side: &'static str,
    /// Split mode.
    pub(crate) by_characters: &'static str,
    /// Split mode.
    pub(crate) split_here: &'static str,
    /// Split mode.
    pub(crate) leave: &'static str,
    /// Split mode.
    pub(crate) here_none: &'static str,
    /// A toast.
    pub(crate) written_files: &'static str,
    /// A toast.
    pub(crate) no_joint: &'static str,
    /// A toast.
    pub(crate) nothing_changed: &'static str,
    /// A toast.
    pub(crate) not_possible: &'static str,
    /// Behind a count.
    pub(crate) passed_over: &'static str,
    /// A button.
    pub(crate) reset_keys: &'static str,
    /// A hint.
    pub(crate) change_key: &'static str,
    /// A switch.
    pub(crate) letters: &'static str,
    /// The foot.
    pub(crate) waiting: &'static str,
    /// A bar.
    pub(crate) save_copy: &'static str,
    /// A status.
    pub(crate) mended: &'static str,
    /// An operation.
    pub(crate) mend_here: &'static str,
    /// A key.
    pub(crate) choose_all: &'static str,
    /// A key.
    pub(crate) several: &'static str,
    /// A button.
    pub(crate) yes: &'static str,
    /// Before many are decided; a number follows.
    pub(crate) ask_many: &'static str,
    /// Pick mode.
    pub(crate) pick_term: &'static str,
    /// The card.
    pub(crate) variants: &'static str,
    /// A band.
    pub(crate) no_figure: &'static str,
    /// A status.
    pub(crate) merged: &'static str,
    /// An operation.
    pub(crate) split_off: &'static str,
    /// An operation.
    pub(crate) merge_terms: &'static str,
    /// A button.
    pub(crate) merge: &'static str,
    /// A column.
    pub(crate) rows: &'static str,
    /// A column.
    pub(crate) document: &'static str,
    /// The documents of a folder.
    pub(crate) documents: &'static str,
    /// A count.
    pub(crate) n_rows: fn(usize) -> String,
    /// A count.
    pub(crate) n_pairs: fn(usize) -> String,
    /// A count.
    pub(crate) n_renderings: fn(usize) -> String,
    /// A band of confidence.
    pub(crate) about: fn(usize) -> String,
    /// A row by number.
    pub(crate) row_n: fn(usize) -> String,
}

/// English.
pub(crate) static EN: Words = Words {
    tag: "en",
    ui: "en",
    other_ui: "zh",
    other: "中文",
    skip: "Skip to the contents",
    views: "Views",
    overview: "Overview",
    alignment: "Alignment",
    terms: "Terms",
    findings: "Findings",
    undo: "Undo",
    redo: "Redo",
    why: "Why this pair",
    export: "Export",
    light: "Light or dark",
    keys: "Keys",
    close: "Close",
    rows_confirmed: "Rows confirmed",
    filters: "Filters",
    all: "All",
    to_look_at: "To look at",
    doubtful: "Doubtful",
    many: "Not 1:1",
    unaligned: "Unaligned",
    contradictions: "Contradictions",
    bookmarked: "Bookmarked",
    search: "Search 中文 or English",
    search_label: "Search both texts",
    search_go: "Search",
    chinese: "Chinese",
    english: "English",
    rows_label: "Aligned rows",
    st_auto: "automatic",
    st_confirmed: "confirmed",
    st_corrected: "corrected",
    st_look: "to look at",
    slot: "No counterpart",
    slot_hint: "Enter: it has none · M merge · X tie · E write",
    tied_to: "Tied to",
    unsure: "The aligner is not sure of this pair.",
    original: "Original:",
    cut_short: "Show all",
    nothing_here: "No rows here.",
    previous_page: "Previous",
    next_page: "Next",
    confirm_on: "Confirm, go on",
    confirm_stay: "Confirm or take back, stay",
    confirm_up: "Confirm up to here",
    needs_look: "Needs a look",
    bookmark: "Bookmark",
    note: "Note",
    note_hint: "For yourself or the translator",
    save: "Save",
    merge_below: "Merge with the row below",
    merge_above: "Merge with the row above",
    split: "Split",
    down: "Move the last piece down",
    up: "Move the first piece up",
    shift_down: "Shift this side down from here",
    shift_up: "Shift this side up from here",
    realign: "Realign between the pins",
    realign_all: "Realign all",
    take_other: "Take the other reading",
    other_reading: "Other reading:",
    to_row_below: "to the row below",
    to_row_above: "to the row above",
    changed: "Changed",
    report: "Report for the translator",
    faults: "Faults",
    notes: "Notes",
    changed_texts: "Changed texts",
    save_decisions: "Save decisions",
    offline_note: "This page is a file of its own. What you decide is kept in this browser; \"Save decisions\" makes a file to send back, and align apply takes it in.",
    kept_here: "Saved as a file.",
    who: "Name",
    sources_changed: "The texts were changed since. What you confirmed stands wherever both texts still stand; these rows were confirmed, and are to be looked at:",
    was_text: "was",
    now_text: "now",
    part: "Part the two sides",
    swap: "Swap with the row below",
    tie: "Tie to a passage elsewhere",
    edit: "Edit the text",
    row: "Row",
    named_by_both: "What both sides name",
    what_to_do: "What you can do",
    history: "History",
    aligned_by_program: "aligned automatically",
    of_100: "of 100 such pairs are right",
    made_by_hand: "put together by hand",
    group_num: "Numbers and dates",
    group_cite: "Labels and citations",
    group_name: "Names",
    group_term: "Terms",
    group_word: "Words",
    saved: "All saved",
    k_move: "Move",
    k_decide: "Decide",
    k_correct: "Correct",
    k_always: "Always",
    k_row: "row",
    k_column: "column",
    k_next: "next to look at",
    k_previous: "previous",
    k_heading: "heading",
    k_search: "search",
    k_goto: "go to row, line or label",
    k_next_term: "next to decide",
    goto_ask: "Row number, line as L87, or label as §17",
    to_decide: "To decide",
    accepted: "Accepted",
    rejected: "Rejected",
    forbidden: "Forbidden",
    inconsistent: "Inconsistent",
    accept: "Accept",
    prefer: "Prefer",
    reject: "Reject",
    forbid: "Forbid",
    back_to_candidate: "Back to candidate",
    edit_term: "Edit",
    subject: "Subject",
    together: "together in",
    in_all: "rows; in all",
    times: "times",
    confidence: "confidence",
    also_here: "Also in this document",
    where_it_stands: "Where it stands",
    open_row: "Open the row",
    no_terms: "No terms were found, or the sources are no longer there.",
    no_findings: "Nothing was found, or the sources are no longer there.",
    kinds: "Kinds",
    error: "error",
    warning: "warning",
    remark: "note",
    right_as_is: "Right as it is",
    all_alike: "All like this",
    fault: "A fault, to be mended",
    open_again: "Open again",
    nothing: "Nothing here",
    findings_note: "What you change is checked again.",
    map: "Map of the document",
    m_sure: "sure",
    m_ok: "confirmed",
    m_doubt: "to look at",
    m_bad: "contradiction",
    m_hole: "a gap: one side lacks a passage",
    rows_to_look_at: "Rows to look at",
    look_about: "Doubtful, without a counterpart, or at odds.",
    findings_card: "Findings",
    findings_about: "Numbers, omissions, terms that differ.",
    terms_card: "Terms to decide",
    terms_about: "Surest first; a key each.",
    begin: "Begin",
    exports: "Export the reviewed text",
    only_confirmed: "only rows that are confirmed or corrected",
    download: "Download",
    write_all: "Write into the folder",
    last_decisions: "Last decisions",
    no_decisions: "Nothing is decided yet.",
    one_side_empty: "One of the files gave no text. Check that it is the file you meant.",
    read_only: "This review is open for reading only.",
    older_program: "An older version of align began this review; this one aligns the texts otherwise. What is confirmed stays.",
    align_anew: "Align anew with this version",
    aligning_anew: "Aligning anew …",
    source_lost: "The sources are lost or were changed since; the review goes on with what was aligned then, without evidence, terms and findings.",
    no_script: "Without script one can read, filter, search, confirm and decide; the rest needs script.",
    opened: "The review is open.",
    go_on: "Go on",
    refused: "Start align review again: this address was used already, or is not of this review.",
    not_found: "There is no such page.",
    undone: "Undone",
    redone: "Done again",
    done_elsewhere: "Changed in another window; shown as it is now.",
    nothing_more: "Nothing more to look at.",
    gone: "align review has stopped. Nothing is lost: everything you decided is saved.",
    again: "Try again",
    show: "Show",
    not_saved: "It could not be saved, and was not done:",
    termbase_not_written: "The decision is kept, but the file could not be written:",
    termbase_differs: "Somebody changed the termbase; theirs stands:",
    pick: "Choose the other passage, then Enter; Esc leaves.",
    other_place: "other place",
    other_side: "other side",
    by_characters: "by characters",
    split_here: "split here",
    leave: "leave it",
    here_none: "this side stays whole",
    written_files: "Written:",
    no_joint: "There is no place to cut this row.",
    nothing_changed: "Nothing to change.",
    not_possible: "Not possible here.",
    passed_over: "passed over, to be looked at",
    reset_keys: "As they were",
    change_key: "Write another letter to change a key.",
    letters: "Letters are commands",
    waiting: "decisions wait",
    save_copy: "Save a copy",
    mended: "mended",
    mend_here: "Mend here",
    choose_all: "choose all",
    several: "choose several",
    yes: "Yes",
    ask_many: "Decide on so many pairs at once:",
    pick_term: "Choose the other pair, then Enter; Esc leaves.",
    variants: "Variants",
    no_figure: "Without a figure",
    merged: "Merged",
    split_off: "Split a variant off",
    merge_terms: "Merge with another",
    merge: "Merge",
    rows: "Rows",
    document: "Document",
    documents: "Documents",
    n_rows: |n| format!("{n} rows"),
    n_pairs: |n| format!("{n} pairs"),
    n_renderings: |n| format!("{n} renderings"),
    about: |n| format!("About {n} in 100 are right"),
    row_n: |n| format!("row {n}"),
};

/// 简体中文.
pub(crate) static ZH: Words = Words {
    tag: "zh-Hans",
    ui: "zh",
    other_ui: "en",
    other: "English",
    skip: "跳到正文",
    views: "视图",
    overview: "概览",
    alignment: "对齐",
    terms: "术语",
    findings: "检查",
    undo: "撤销",
    redo: "重做",
    why: "为何配对",
    export: "导出",
    light: "浅色或深色",
    keys: "按键",
    close: "关闭",
    rows_confirmed: "已确认的行",
    filters: "筛选",
    all: "全部",
    to_look_at: "待看",
    doubtful: "存疑",
    many: "非一对一",
    unaligned: "无对应",
    contradictions: "矛盾",
    bookmarked: "书签",
    search: "搜索中文或英文",
    search_label: "搜索两种文字",
    search_go: "搜索",
    chinese: "中文",
    english: "英文",
    rows_label: "对齐的行",
    st_auto: "自动",
    st_confirmed: "已确认",
    st_corrected: "已更正",
    st_look: "待看",
    slot: "无对应",
    slot_hint: "Enter：确无对应 · M 合并 · X 连接 · E 填写",
    tied_to: "已连接到",
    unsure: "对齐程序对此配对没有把握。",
    original: "原文：",
    cut_short: "全部显示",
    nothing_here: "此处没有行。",
    previous_page: "上一页",
    next_page: "下一页",
    confirm_on: "确认并前进",
    confirm_stay: "确认或取消，不移动",
    confirm_up: "确认至此处",
    needs_look: "标为待看",
    bookmark: "书签",
    note: "备注",
    note_hint: "给自己或译者",
    save: "保存",
    merge_below: "与下一行合并",
    merge_above: "与上一行合并",
    split: "拆分",
    down: "末段下移",
    up: "首段上移",
    shift_down: "从此处整列下移",
    shift_up: "从此处整列上移",
    realign: "在固定行之间重新对齐",
    realign_all: "全部重新对齐",
    take_other: "采用另一种读法",
    other_reading: "另一种读法：",
    to_row_below: "移至下一行",
    to_row_above: "移至上一行",
    changed: "有变动",
    report: "给译者的报告",
    faults: "错误",
    notes: "备注",
    changed_texts: "改动的文本",
    save_decisions: "保存决定",
    offline_note: "本页是一个独立文件。您的决定保存在此浏览器中；“保存决定”会生成一个文件，发回后用 align apply 读入。",
    kept_here: "已存为文件。",
    who: "姓名",
    sources_changed: "原文此后有改动。两侧文本未变之处，已确认的内容照旧有效；以下各行曾经确认，需要重新查看：",
    was_text: "原为",
    now_text: "现为",
    part: "两边分开",
    swap: "与下行对调",
    tie: "与别处的段落连接",
    edit: "编辑文字",
    row: "行",
    named_by_both: "两边都有的内容",
    what_to_do: "可以做什么",
    history: "经过",
    aligned_by_program: "自动对齐",
    of_100: "/ 100 对这样的配对正确",
    made_by_hand: "由人工配成",
    group_num: "数字与日期",
    group_cite: "编号与引文",
    group_name: "名称",
    group_term: "术语",
    group_word: "词语",
    saved: "已全部保存",
    k_move: "移动",
    k_decide: "决定",
    k_correct: "更正",
    k_always: "通用",
    k_row: "行",
    k_column: "列",
    k_next: "下一处待看",
    k_previous: "上一处",
    k_heading: "标题",
    k_search: "搜索",
    k_goto: "跳到某行、原文行或编号",
    k_next_term: "下一个待定",
    goto_ask: "行号，原文行如 L87，编号如 §17",
    to_decide: "待定",
    accepted: "已接受",
    rejected: "已拒绝",
    forbidden: "禁用",
    inconsistent: "不一致",
    accept: "接受",
    prefer: "首选",
    reject: "拒绝",
    forbid: "禁用",
    back_to_candidate: "恢复为候选",
    edit_term: "编辑",
    subject: "领域",
    together: "同时出现于",
    in_all: "行；全文",
    times: "次",
    confidence: "可信度",
    also_here: "本文档中还有",
    where_it_stands: "出处",
    open_row: "打开该行",
    no_terms: "没有找到术语，或源文件已不在。",
    no_findings: "没有发现问题，或源文件已不在。",
    kinds: "类别",
    error: "错误",
    warning: "警告",
    remark: "提示",
    right_as_is: "原样无误",
    all_alike: "同类均无误",
    fault: "确是错误，待改",
    open_again: "恢复为未定",
    nothing: "此处没有",
    findings_note: "改动之处会重新检查。",
    map: "文档全貌",
    m_sure: "可靠",
    m_ok: "已确认",
    m_doubt: "待看",
    m_bad: "矛盾",
    m_hole: "空缺：一侧缺段",
    rows_to_look_at: "待看的行",
    look_about: "存疑、无对应或相互矛盾。",
    findings_card: "检查结果",
    findings_about: "数字、漏译、术语差异。",
    terms_card: "待定术语",
    terms_about: "最可靠的在前，一键一个。",
    begin: "开始",
    exports: "导出审校后的文本",
    only_confirmed: "仅限已确认或已更正的行",
    download: "下载",
    write_all: "写入文件夹",
    last_decisions: "最近的决定",
    no_decisions: "尚未作出任何决定。",
    one_side_empty: "其中一个文件没有文本。请检查文件是否正确。",
    read_only: "此审校以只读方式打开。",
    older_program: "此审校由旧版 align 开始；本版的对齐结果有所不同。已确认的内容不变。",
    align_anew: "用本版重新对齐",
    aligning_anew: "正在重新对齐……",
    source_lost: "源文件已丢失或已改动；审校以当时的对齐结果继续，不含依据、术语与检查结果。",
    no_script: "未启用脚本时可阅读、筛选、搜索、确认和决定；其余操作需要脚本。",
    opened: "审校已打开。",
    go_on: "继续",
    refused: "请重新运行 align review：此地址已使用过，或不属于本次审校。",
    not_found: "没有此页面。",
    undone: "已撤销",
    redone: "已重做",
    done_elsewhere: "已在另一窗口修改，此处显示最新内容。",
    nothing_more: "没有其他待看的了。",
    gone: "align review 已停止。没有丢失任何内容：您的决定均已保存。",
    again: "重试",
    show: "查看",
    not_saved: "未能保存，因而未执行：",
    termbase_not_written: "决定已保留，但文件未能写入：",
    termbase_differs: "术语库已被他人修改，以其为准：",
    pick: "选择另一段落，再按 Enter；Esc 取消。",
    other_place: "换个位置",
    other_side: "换另一边",
    by_characters: "逐字",
    split_here: "在此拆分",
    leave: "取消",
    here_none: "此侧不拆",
    written_files: "已写入：",
    no_joint: "此行没有可拆分的位置。",
    nothing_changed: "没有需要更改的内容。",
    not_possible: "此处无法执行。",
    passed_over: "行待看，已跳过",
    reset_keys: "恢复默认",
    change_key: "改写字母即可更改按键。",
    letters: "字母键作为命令",
    waiting: "项决定待发送",
    save_copy: "另存副本",
    mended: "已改好",
    mend_here: "就地修改",
    choose_all: "全选",
    several: "选择多条",
    yes: "确定",
    ask_many: "一次决定的术语条数：",
    pick_term: "选择另一条术语，再按 Enter；Esc 取消。",
    variants: "变体",
    no_figure: "无可信度",
    merged: "已合并",
    split_off: "拆出一个变体",
    merge_terms: "与另一条合并",
    merge: "合并",
    rows: "行",
    document: "文档",
    documents: "文档",
    n_rows: |n| format!("共 {n} 行"),
    n_pairs: |n| format!("{n} 对"),
    n_renderings: |n| format!("{n} 种译法"),
    about: |n| format!("每 100 对约有 {n} 对正确"),
    row_n: |n| format!("第 {n} 行"),
};

impl Words {
    /// The words for what a browser asks for: `Accept-Language`, first come first served.
    pub(crate) fn accepted(header: &str) -> &'static Words {
        let mut wanted = header.split(',').map(|one| one.trim().to_ascii_lowercase());
        let known = wanted.find(|one| one.starts_with("zh") || one.starts_with("en"));
        if known.is_some_and(|one| one.starts_with("zh")) { &ZH } else { &EN }
    }

    /// The words of that short name.
    pub(crate) fn named(name: &str) -> Option<&'static Words> {
        [&EN, &ZH].into_iter().find(|words| words.ui == name)
    }

    /// What an event of the log is called on the page.
    pub(crate) fn deed<'a>(&self, op: &'a str) -> &'a str
    where
        'static: 'a,
    {
        match op {
            "confirm" => self.st_confirmed,
            "reopen" => self.open_again,
            "look" => self.needs_look,
            "bookmark" => self.bookmark,
            "note" => self.note,
            "merge" => self.merge_below,
            "split" => self.split,
            "move" => self.down,
            "shift" => self.shift_down,
            "part" => self.part,
            "swap" => self.swap,
            "tie" => self.tie,
            "edit" => self.edit,
            "realign" => self.realign,
            "other" => self.take_other,
            "accept" | "accept-alike" => self.accept,
            "prefer" => self.prefer,
            "reject" => self.reject,
            "forbid" => self.forbid,
            "fault" => self.fault,
            "undo" => self.undo,
            "redo" => self.redo,
            other => other,
        }
    }

    /// What the script says by itself, as JSON.
    pub(crate) fn of_script(&self) -> String {
        serde_json::json!({
            "realign_all": self.realign_all,
            "nothing_more": self.nothing_more,
            "gone": self.gone,
            "again": self.again,
            "show": self.show,
            "pick": self.pick,
            "leave": self.leave,
            "no_joint": self.no_joint,
            "undo": self.undo,
            "saved": self.saved,
            "pick_term": self.pick_term,
            "save_copy": self.save_copy,
            "waiting": self.waiting,
            "not_possible": self.not_possible,
        })
        .to_string()
    }
}
