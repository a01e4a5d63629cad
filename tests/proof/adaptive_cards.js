// Reads Adaptive Cards (a JSON list in a file) with Microsoft's own library, and prints
// what it makes of each: what it warns of, its elements, where its buttons lead.

const fs = require("fs");
const { AdaptiveCard, SerializationContext, Versions } = require("adaptivecards/dist/adaptivecards.js");

const all = (count, get) => Array.from({ length: count }, (_, at) => get(at));

const read = (data) => {
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  card.parse(data, context);
  const invalid = card.validateProperties().validationEvents;
  return {
    events: [
      ...all(context.eventCount, (at) => context.getEventAt(at).message),
      ...invalid.map((event) => event.message),
    ],
    elements: all(card.getItemCount(), (at) => card.getItemAt(at).getJsonTypeName()),
    urls: all(card.getActionCount(), (at) => card.getActionAt(at).url),
  };
};

const cards = JSON.parse(fs.readFileSync(process.argv[2], "utf-8"));
console.log(JSON.stringify(cards.map(read)));
