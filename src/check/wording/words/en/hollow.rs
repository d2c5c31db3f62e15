//! Feelings, duties and promises in English that sound like something and show nobody what is done.

use crate::check::wording::words::{Class, Phrases};

/// The phrases by class.
#[rustfmt::skip]
pub(super) const PHRASES: Phrases = &[
    (Class::Feel, &[
        "feels|feel at home|ease",
        "feels|feel welcome|safe|comfortable|appreciated|valued|important|special|heard|respected|understood|relaxed|secure|wanted|noticed|cared|confident|well",
        "feels|feel well looked|treated|cared", "feels|feel looked after",
        "feels|feel taken seriously",
    ]),
    (Class::Charge, &[
        "keeps|keep the|a * informed|updated|posted",
        "keeps|keep * informed|updated|posted",
        "makes|make sure|certain the * understands|feels",
        "makes|make sure|certain that the * understands|feels",
        "ensures|ensure", "guarantees|guarantee that", "is|are responsible for",
        "is|are in charge of", "is|are accountable for", "takes|take responsibility for",
        "bears|bear responsibility", "takes|take care of|that", "takes|take good care",
        "looks|look after", "cares|care for", "sees|see to it", "contributes|contribute to",
        "facilitates|facilitate", "minimises|minimise|minimizes|minimize",
        "maximises|maximise|maximizes|maximize", "optimises|optimise|optimizes|optimize",
        "improves|improve", "enhances|enhance", "streamlines|streamline",
        "prioritises|prioritise|prioritizes|prioritize", "pays|pay attention to",
        "pays|pay close|special|full|particular|careful|due attention", "gives|give * attention to",
        "keeps|keep an eye", "keeps|keep a close|watchful eye", "goes|go the extra",
        "puts|put the customer|guest|client|patient|visitor|member|passenger first",
        "takes|take pride in", "takes|take an interest", "takes|take an active interest",
        "takes|take * seriously", "takes|take * * seriously", "takes|take * * * seriously",
        "takes|take into account|consideration", "takes|take * into account|consideration",
        "builds|build up trust", "handles|handle * with care",
        "takes|take * * into account|consideration", "takes|take * * * into account|consideration",
        "is|are the centre of", "is|are at the heart", "has|have time for", "focuses|focus on",
        "adapts|adapt|adjusts|adjust the pace|tone|language|speed|service|conversation to",
        "concentrates|concentrate on", "goes|go out of her|his|their way", "goes|go above and",
        "provides|provide for the safety|comfort|well-being", "motivates|motivate",
    ]),
    (Class::Hollow, &[
        "shows|show", "displays|display", "demonstrates|demonstrate", "expresses|express",
        "gives|give", "provides|provide", "offers|offer", "maintains|maintain", "keeps|keep",
        "creates|create", "builds|build", "radiates|radiate", "conveys|convey", "inspires|inspire",
        "promotes|promote", "supports|support", "protects|protect", "preserves|preserve",
        "guarantees|guarantee", "meets|meet", "exceeds|exceed", "satisfies|satisfy",
        "anticipates|anticipate", "considers|consider", "fulfils|fulfil|fulfills|fulfill",
        "adapts|adapt", "adjusts|adjust", "tailors|tailor", "suits|suit", "answers|answer to",
        "responds|respond to", "acts|act", "works|work", "stays|stay", "treats|treat",
        "leaves|leave",
    ]),
    (Class::Ideal, &[
        "empathy", "sympathy", "understanding", "compassion", "kindness", "patience", "commitment",
        "dedication", "enthusiasm", "initiative", "professionalism", "courtesy", "respect", "warmth",
        "attention", "appreciation", "flexibility", "confidence", "safety", "comfort", "privacy",
        "confidentiality", "discretion", "dignity", "hygiene", "order and tidiness|cleanliness",
        "cleanliness", "quality", "continuity", "satisfaction", "wellbeing", "well-being", "trust",
        "rapport", "atmosphere", "relationship|relationships", "impression", "attitude",
        "expectations", "needs", "needs and wishes|expectations", "teamwork", "in order", "tidy",
        "clean", "neat", "presentable", "equally", "fairly", "individually", "well",
        "good eye contact", "interest", "focus", "composure",
    ]),
];
