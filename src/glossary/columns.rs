use crate::types::named;

named! {
    /// The columns of a termbase, in the order in which they are written.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum Column {
        /// The id of the concept.
        Concept = "concept",
        /// The Chinese term.
        Zh = "zh",
        /// The English term.
        En = "en",
        /// What was decided of the row.
        Status = "status",
        /// The field.
        Subject = "subject",
        /// A remark of the owner.
        Note = "note",
        /// What the Chinese term means.
        ZhDefinition = "zh_definition",
        /// What the English one does.
        EnDefinition = "en_definition",
        /// Where the definitions are from.
        DefinitionSource = "definition_source",
        /// Where the terms are used: Hong Kong.
        Usage = "usage",
        /// How uses of the terms are found.
        Matching = "match",
        /// What the terms were before a person put them right.
        Former = "former",
        /// Other Chinese forms and renderings.
        ZhVariants = "zh_variants",
        /// Other English ones.
        EnVariants = "en_variants",
        /// In how many units both terms stand.
        Count = "count",
        /// How often the Chinese term stands in its text.
        ZhCount = "zh_count",
        /// How often the English one does.
        EnCount = "en_count",
        /// How sure the miner was.
        Confidence = "confidence",
        /// Why the pair was proposed.
        Evidence = "evidence",
        /// A Chinese passage to judge by.
        ZhContext = "zh_context",
        /// The English one.
        EnContext = "en_context",
        /// Where the passages stand.
        Unit = "unit",
        /// What kind of phrase the terms are.
        PartOfSpeech = "part_of_speech",
        /// What sort of expression they are.
        TermType = "term_type",
        /// The documents, with the counts of each.
        Documents = "documents",
        /// The day on which the row came in.
        Created = "created",
        /// The day on which it was last changed.
        Changed = "changed",
        /// Who decided on it last.
        Who = "who",
    }
}

impl Column {
    /// Is it written only where a row has something in it?
    pub(super) fn is_optional(self) -> bool {
        matches!(
            self,
            Column::ZhDefinition
                | Column::EnDefinition
                | Column::DefinitionSource
                | Column::Usage
                | Column::Matching
                | Column::Former
        )
    }

    /// Does it hold numbers or days, which a spreadsheet may take for such?
    pub(super) fn is_bare(self) -> bool {
        matches!(
            self,
            Column::Count
                | Column::ZhCount
                | Column::EnCount
                | Column::Confidence
                | Column::Created
                | Column::Changed
        )
    }
}
