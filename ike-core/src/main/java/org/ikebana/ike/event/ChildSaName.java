package org.ikebana.ike.event;

/** A child SA as people see it: {@code net{7}}. */
public record ChildSaName(String child, int number) {
    @Override
    public String toString() {
        return child + "{" + number + "}";
    }
}
