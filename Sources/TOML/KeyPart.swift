/// One part of a dotted name, or the whole of a name without dots.
struct KeyPart {
  let name: String
  let position: Position
}
