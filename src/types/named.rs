//! Enums whose variants have a name in options and files.

/// Defines an enum whose variants have a name, told once for each: `Rejected = "rejected"`.
/// A description may stand behind it: `Order = "order" => "standing elsewhere"`.
macro_rules! named {
    (
        $(#[$of_enum:meta])*
        $visibility:vis enum $Enum:ident {
            $($(#[$of_variant:meta])* $Variant:ident = $name:literal => $what:literal,)+
        }
    ) => {
        named! {
            $(#[$of_enum])*
            $visibility enum $Enum {
                $($(#[$of_variant])* $Variant = $name,)+
            }
        }

        impl $Enum {
            /// What it is, for a reader of a report.
            $visibility fn description(self) -> &'static str {
                match self {
                    $(Self::$Variant => $what,)+
                }
            }
        }
    };
    (
        $(#[$of_enum:meta])*
        $visibility:vis enum $Enum:ident {
            $($(#[$of_variant:meta])* $Variant:ident = $name:literal,)+
        }
    ) => {
        $(#[$of_enum])*
        $visibility enum $Enum {
            $($(#[$of_variant])* $Variant,)+
        }

        impl $Enum {
            /// Every one, in the order of the definition.
            $visibility const ALL: [Self; [$($name),+].len()] = [$(Self::$Variant),+];

            /// The one of that [name](Self::as_str).
            $visibility fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.as_str() == name)
            }

            /// The name used in options and files.
            $visibility fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Variant => $name,)+
                }
            }
        }
    };
}

pub(crate) use named;
