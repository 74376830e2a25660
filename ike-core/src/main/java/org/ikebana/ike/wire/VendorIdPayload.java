package org.ikebana.ike.wire;

/** Vendor ID payload (RFC 7296 3.12). */
public record VendorIdPayload(Octets vendorId) implements Payload {
    @Override
    public int typeCode() {
        return PayloadType.VENDOR_ID.code();
    }

    static VendorIdPayload read(PayloadReader in) throws MalformedException {
        return new VendorIdPayload(in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octets(vendorId);
    }
}
