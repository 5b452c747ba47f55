import Foundation

/// A file that the page itself carries, as a link.
package struct Download: Sendable {
  /// Name of the file.
  package let name: String
  /// Its media type.
  package let type: String
  /// Its content.
  package let content: String

  /// A link to a file named after what it holds.
  package init(name: String, type: String, content: String) {
    self.name = name
    self.type = type
    self.content = content
  }

  /// The link, its file inside it.
  package var link: Markup {
    let bytes = Data(content.utf8).base64EncodedString()
    let ending = name.split(separator: ".").last.map { $0.uppercased() } ?? "File"
    return """
      <a class="get" download="\(name)" href="data:\(type);base64,\(bytes)">\(ending)</a>
      """
  }
}
