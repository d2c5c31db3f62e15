//! The closed lists of words that a book chooses from: levels, types, contacts and so on.

/// A closed list of words of the format, as `words!` defines them.
pub trait Word: super::decode::Decode + schemars::JsonSchema + Copy + 'static {
    /// All of them, in order.
    const ALL: &'static [Self];

    /// The word for it in files, options and JSON.
    fn word(self) -> &'static str;
}

/// Defines an enumeration whose variants are words of the format: `word()`, `ALL`, serde, schema and decoding follow.
macro_rules! words {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
        pub enum $name {
            $($(#[doc = $vdoc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it in files, options and JSON.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl $crate::book::Word for $name {
            const ALL: &'static [Self] = $name::ALL;
            fn word(self) -> &'static str {
                $name::word(self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl $crate::message::ToValue for $name {
            fn to_value(&self) -> $crate::message::Value {
                self.word().to_value()
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|known| known.word() == word).ok_or(())
            }
        }

        impl $crate::book::decode::Decode for $name {
            fn expected() -> $crate::message::Message {
                $crate::message::Message::one_of(Self::ALL.iter().map(|known| format!("`{}`", known.word())))
            }
            fn decode(node: &$crate::source::yaml::Node, cx: &mut $crate::book::decode::Cx) -> Option<Self> {
                cx.word(node, Self::ALL, Self::word)
            }
        }
    };
}

pub(crate) use words;

words! {
    /// How much a standard offers: a ladder, so no level is reached while a lower one is not.
    Level {
        /// The norm of the market in that trade.
        Basic = "basic",
        /// What the customer imagines they will get.
        Expected = "expected",
        /// What the customer does not expect.
        Exclusive = "exclusive",
    }
}

words! {
    /// What a standard is about.
    StandardType {
        /// The personal contact with the customer.
        Personal = "personal",
        /// What the customer is offered: rooms, materials, equipment, surroundings.
        Product = "product",
        /// The way the customer is served: order, time limits, records, hand-offs.
        Procedural = "procedural",
    }
}

words! {
    /// The channel of a moment of contact.
    Contact {
        /// In person.
        FaceToFace = "face-to-face",
        /// By phone.
        Phone = "phone",
        /// By e-mail.
        Email = "email",
        /// By chat.
        Chat = "chat",
        /// On a web page.
        Web = "web",
        /// By post.
        Post = "post",
    }
}

words! {
    /// What a step has, which a pattern may need.
    Feature {
        /// Customers stand in line, or wait for their turn.
        Queue = "queue",
        /// A counter or desk stands between customer and staff.
        Counter = "counter",
        /// A place where customers sit while they wait.
        WaitingPlace = "waiting-place",
        /// Things that the customer buys, hires or takes away.
        Goods = "goods",
        /// An hour that was agreed.
        Appointment = "appointment",
        /// The customer stays for hours or days: a room, a table, a ward.
        Stay = "stay",
        /// Money is owed or paid.
        Payment = "payment",
        /// What the customer says is written into a record.
        Record = "record",
        /// Forms or papers that the customer fills in or hands in.
        Forms = "forms",
        /// The customer comes to the house and sees its door, signs and rooms.
        Premises = "premises",
        /// Something went wrong, and the customer says so.
        Complaint = "complaint",
        /// The customer asks what to choose or do, and is advised or shown.
        Advice = "advice",
        /// The customer goes on from here to the next phase: nobody takes leave yet.
        Onward = "onward",
        /// The customer takes leave and goes.
        Farewell = "farewell",
        /// A machine answers or serves, and nobody of the staff: of the patterns only those of type product fit here.
        SelfService = "self-service",
        /// Somebody threatens, shouts or is drunk: no pattern fits here that does not need it.
        Threat = "threat",
    }
}

words! {
    /// The three kinds of front-office procedure.
    Procedure {
        /// Greeting, phone, answering questions.
        Communication = "communication",
        /// Records, filing, data entry.
        Documentation = "documentation",
        /// Sales, payments, receipts.
        Transaction = "transaction",
    }
}

words! {
    /// How a standard is verified.
    Verify {
        /// By watching.
        Observe = "observe",
        /// By asking staff or customers.
        Ask = "ask",
        /// By looking at the place or the thing.
        Inspect = "inspect",
        /// By reading a record.
        Record = "record",
        /// By a figure that a system keeps.
        System = "system",
        /// By a mystery visit.
        Mystery = "mystery",
    }
}

words! {
    /// The heads of a front-office analysis.
    Aspect {
        /// What gets done, and how fast.
        Performance = "performance",
        /// How the place and the work are arranged.
        Organisation = "organisation",
        /// How staff meet the customer.
        Professionalism = "professionalism",
    }
}

words! {
    /// The five dimensions of SERVQUAL (Parasuraman, Zeithaml and Berry 1988).
    Dimension {
        /// What can be seen and touched.
        Tangibles = "tangibles",
        /// The promise is kept.
        Reliability = "reliability",
        /// Willing and without delay.
        Responsiveness = "responsiveness",
        /// Knowledge and courtesy that give confidence.
        Assurance = "assurance",
        /// Care for the single customer.
        Empathy = "empathy",
    }
}

words! {
    /// Whether a standard is in force.
    Status {
        /// Being worded; not in documents unless asked for.
        Draft = "draft",
        /// In force.
        Active = "active",
        /// Out of force; kept for its history.
        Retired = "retired",
    }
}

impl StandardType {
    /// How a standard of this type is verified unless it says otherwise.
    pub fn usual_verify(self) -> Verify {
        match self {
            StandardType::Personal => Verify::Observe,
            StandardType::Product => Verify::Inspect,
            StandardType::Procedural => Verify::Record,
        }
    }

    /// The head of a front-office analysis it counts under unless it says otherwise.
    pub fn usual_aspect(self) -> Aspect {
        match self {
            StandardType::Personal => Aspect::Professionalism,
            StandardType::Product => Aspect::Organisation,
            StandardType::Procedural => Aspect::Performance,
        }
    }
}
