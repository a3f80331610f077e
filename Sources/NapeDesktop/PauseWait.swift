/// A pause that a source looks out for. Letting it go ends that, also from within what it tells.
public protocol PauseWait: AnyObject {}
