import LinearAlgebra
import NeuralNetwork

extension ServedMember {
  /// Writes input, heads, students and the joint model.
  func archive(to writer: inout ArchiveWriter) {
    writer.scoped("input") { input.archive(to: &$0) }
    writer.scoped("heads") { Learning.archive(heads, to: &$0) }
    writer.scoped("joint") { Learning.archive(joint, to: &$0) }
    writer.write("pooling", pooling.weights)
    writer.write("emphasis", emphasis)
    writer.write("ranking", integers: ranking)
    writer.write("teachers", integers: students.map { $0?.teacher ?? -1 })
    writer.scoped("students") { part in
      for (m, student) in students.enumerated() {
        if let student { part.scoped("\(m)") { student.head.archive(to: &$0) } }
      }
    }
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader, _ shape: FitShape) throws(ArchiveError) {
    let count = shape.widths.count
    let input = try RelationalInput(from: reader.scoped("input"), shape)
    let ranking = try reader.integers("ranking", count: count, in: 0..<count)
    guard Set(ranking).count == count else {
      throw reader.error(.badValue, "ranking", expected: "each modality once")
    }
    let teachers = try reader.integers("teachers", count: count, in: -1..<count)
    var students: [DistillationStage.Student?] = []
    for (m, teacher) in teachers.enumerated() {
      guard teacher >= 0 else {
        students.append(nil)
        continue
      }
      students.append(
        DistillationStage.Student(
          teacher: teacher,
          head: try SoftmaxRegression.Model(
            from: reader.scoped("students").scoped("\(m)"),
            features: input.width(m, features: shape.widths[m]), classes: shape.classCount)))
    }
    self.init(
      input: input, heads: try readModels(reader.scoped("heads"), over: input, shape),
      students: students, pooling: LatePooling(weights: try reader.vector("pooling", count: count)),
      joint: try readModels(reader.scoped("joint"), over: input, shape),
      emphasis: try reader.vector("emphasis", count: count), ranking: ranking)
  }
}

extension SmoothedDiscriminant {
  /// Writes input, discriminants and pooling.
  func archive(to writer: inout ArchiveWriter) {
    writer.scoped("input") { input.archive(to: &$0) }
    writer.scoped("models") { Learning.archive(models, to: &$0) }
    writer.write("pooling", pooling.weights)
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader, _ shape: FitShape) throws(ArchiveError) {
    let input = try RelationalInput(from: reader.scoped("input"), shape)
    self.init(
      input: input, models: try readModels(reader.scoped("models"), over: input, shape),
      pooling: LatePooling(weights: try reader.vector("pooling", count: shape.widths.count)))
  }
}

extension ComponentMembers {
  /// Writes the members and their share.
  func archive(to writer: inout ArchiveWriter) {
    writer.write("share", share)
    writer.scoped("relational") { relational.archive(to: &$0) }
    for (k, discriminant) in discriminants.enumerated() {
      writer.scoped("discriminant-\(k)") { discriminant.archive(to: &$0) }
    }
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader, _ shape: FitShape) throws(ArchiveError) {
    let share = try reader.number("share")
    guard (0...1).contains(share) else {
      throw reader.error(.badValue, "share", expected: "a share from 0 to 1")
    }
    self.init(
      relational: try ServedMember(from: reader.scoped("relational"), shape),
      discriminants: [
        try SmoothedDiscriminant(from: reader.scoped("discriminant-0"), shape),
        try SmoothedDiscriminant(from: reader.scoped("discriminant-1"), shape),
      ], share: share)
  }
}
