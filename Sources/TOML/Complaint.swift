/// What is wrong with a word, before anyone has said where the word stands.
struct Complaint: Error {
  let message: String
}
