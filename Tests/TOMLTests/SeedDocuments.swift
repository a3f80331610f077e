/// Valid documents which together use all of TOML 1.0, short so that a mutation often hits something that matters.
enum SeedDocuments {
  static let all: [[UInt8]] =
    texts.map { Array($0.utf8) } + [
      Array(texts[0].utf8.flatMap { $0 == UInt8(ascii: "\n") ? [13, 10] : [$0] }),
      Array(texts[2].utf8.flatMap { $0 == UInt8(ascii: "\n") ? [13, 10] : [$0] }),
      Array("v = ".utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 64)
        + [UInt8](repeating: UInt8(ascii: "]"), count: 64),
      Array(("[" + Array(repeating: "k", count: 63).joined(separator: ".") + "]\nx = {y = 1}\n").utf8),
      Array((Array(repeating: "k", count: 64).joined(separator: ".") + " = []\n").utf8),
    ]

  private static let texts = [
    #"""
    # a comment	with a tab
    title = "nape" # another
    [server]
    "quoted key" = 'C:\path'
    'literal.key' = "tab\t quote\" u\u00E9 U\U0001F600"
    bare-key_1 = """
    two
    lines \
        folded"""
    raw = '''
    it''s "raw" \n'''
    """#,
    #"""
    a = 1
    b = -17
    c = +1_000
    d = 0xDEAD_beef
    e = 0o755
    f = 0b1101_0110
    g = 9223372036854775807
    h = -9223372036854775808
    i = 0
    j = [3.14, -0.01, 5e+22, 1e06, -2E-2, 6.626e-34, 224_617.445_991_228, 0.0, -0.0]
    k = [inf, +inf, -inf, nan, +nan, -nan]
    l = [true, false]
    """#,
    #"""
    one = 1979-05-27T07:32:00Z
    two = 1979-05-27 00:32:00.999999-07:00
    three = 1979-05-27T07:32:00
    four = 1979-05-27
    five = 07:32:00
    six = [00:32:00.1234567, 2000-02-29, 1999-12-31t23:59:59z]
    seven = {d = 2024-02-29 }
    """#,
    #"""
    fruit.apple.color = "red"
    fruit . apple . "taste" = true
    3.14159 = "pi"
    "" = 'empty'
    'é' = 1
    "é" = 2
    [fruit.apple.texture]
    smooth = true
    [ dog . "tater.man" ]
    type.name = "pug"
    [x.y.z.w]
    [x]
    y.v = 1
    """#,
    #"""
    [[product]]
    name = "Hammer"
    [[product]]
    [[product]]
    sku = 284758393
    [product.size]
    cm = 3
    [[product.part]]
    n = 1
    [[product.part]]
    n = 2
    [other]
    """#,
    #"""
    i = [1, 2, 3,]
    n = [[1, 2], ["a", 'b', """c"""], []]
    m = [ # comment
      { x = 1, y.z = 2 }, # another

      { }
      ,
    ]
    t = { a.b = 1, a.c = { d = [ {} ] }, "e f" = "g" }
    """#,
    #"""
    a = """"two quotes"""""
    b = ''''one'''
    c = """x\
      
       y"""
    d = "\b\t\n\f\r\"\\"
    e = """a ""b"" \"" """
    f = ''
    g = ""
    h = """"""
    i = "ünïcödé 😀 é"
    """#,
    #"""
    [hours]
    work = "Mon-Fri 09:00-17:30"
    [prompts.move]
    after = "50min"
    [bounds]
    "prompts.move.after" = { min = "30min", max = "60min" }
    locked = ["prompts.move.after"]
    """#,
    "a=1#c\nb=[1,2]#d\n\n\t[c]\t\n  d  =  {e=1,f=true}  ",
    "",
  ]
}
