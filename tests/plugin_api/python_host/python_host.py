#!/usr/bin/env python3
"""A host in Python, with nothing but its standard library.

    python_host.py PLUGIN.so SETTINGS.json EMPTY_FOLDER

Loads the plugin, makes an instance with these settings, tells it a purchase order, shows what the
plugin says of it, and what it says to an order that breaks the contract. ctypes releases Python's
lock while it is in the plugin, and takes it again where the plugin calls a service.
"""
import ctypes as c
import sys
import time

P, I32, U32, I64, U64, FUNCTION = c.c_void_p, c.c_int32, c.c_uint32, c.c_int64, c.c_uint64, c.CFUNCTYPE
OK, NOT_FOUND, CONFLICT = 0, -4, -6


def struct(struct_name, /, **fields):
    return type(struct_name, (c.Structure,), {"_fields_": list(fields.items())})


# values.h and status.h
erp_str = struct("erp_str", ptr=P, len=c.c_size_t)
erp_decimal = struct("erp_decimal", coefficient=I64, scale=I32, reserved=U32)
erp_money = struct("erp_money", amount=erp_decimal, currency=c.c_char * 4, reserved=U32)
erp_date = struct("erp_date", year=I32, month=c.c_uint8, day=c.c_uint8, reserved=c.c_uint16)
erp_error = struct("erp_error", detail=I32, retry_after_ms=U32, message_len=U32, reserved=U32, message=c.c_char * 496)
Write = FUNCTION(I32, P, P, c.c_size_t)
erp_sink = struct("erp_sink", ctx=P, write=Write)
Error, Sink = c.POINTER(erp_error), c.POINTER(erp_sink)

# document/
erp_event = struct("erp_event", struct_size=U32, attempt=U32, sequence=U64, event_id=erp_str, occurred_at=I64, actor=erp_str)
erp_supplier = struct("erp_supplier", struct_size=U32, currency=c.c_char * 4, id=erp_str, name=erp_str, email=erp_str, address=P)
erp_fee = struct("erp_fee", struct_size=U32, reserved=U32, id=erp_str, name=erp_str, amount=erp_money)
erp_purchase_order = struct(
    "erp_purchase_order", struct_size=U32, status=I32, id=erp_str, number=erp_str, version=I64, currency=c.c_char * 4,
    reserved=U32, exchange_rate=erp_decimal, ordered_on=erp_date, due_on=erp_date, memo=erp_str, reference=erp_str,
    supplier=c.POINTER(erp_supplier), ship_to=P, lines=P, line_count=c.c_size_t, fees=c.POINTER(c.POINTER(erp_fee)),
    fee_count=c.c_size_t)

# plugin.h, ext/ and services/: the functions that are used here; P stands for each of the others
erp_host = struct("erp_host", struct_size=U32, abi_minor=U32, name=erp_str, version=erp_str, get_service=FUNCTION(P, P, c.c_char_p))
erp_instance_config = struct("erp_instance_config", struct_size=U32, reserved=U32, instance_id=erp_str, company_name=erp_str,
                             environment=erp_str, data_dir=erp_str)
erp_plugin = struct(
    "erp_plugin", struct_size=U32, abi_minor=U32, min_host_minor=U32, reserved=U32, id=erp_str, name=erp_str, version=erp_str,
    create=FUNCTION(I32, c.POINTER(erp_host), P, c.POINTER(erp_instance_config), c.POINTER(P), Error),
    activate=FUNCTION(I32, P, Error), stop=FUNCTION(I32, P, I64, Error), deactivate=FUNCTION(None, P),
    destroy=FUNCTION(None, P), get_interface=FUNCTION(P, P, c.c_char_p))
erp_command_call = struct("erp_command_call", struct_size=U32, word_count=U32, words=c.POINTER(erp_str), actor=erp_str, deadline=I64)
erp_procurement_v1 = struct(
    "erp_procurement_v1", onPartSaved=P,
    onPoOrdered=FUNCTION(I32, P, c.POINTER(erp_event), c.POINTER(erp_purchase_order), Error), onPoReceived=P)
erp_command_v1 = struct("erp_command_v1", list=P, run=FUNCTION(I32, P, c.POINTER(erp_command_call), Sink, Error))
erp_clock_v1 = struct("erp_clock_v1", now=FUNCTION(I64, P), monotonic_us=FUNCTION(I64, P))
erp_schedule_v1 = struct("erp_schedule_v1", request=FUNCTION(I32, P, erp_str, I64, Error))
erp_settings_host_v1 = struct("erp_settings_host_v1", read=FUNCTION(I32, P, Sink, Error))
erp_secrets_v1 = struct(
    "erp_secrets_v1", get=FUNCTION(I32, P, erp_str, Sink, c.POINTER(U64), Error),
    put=FUNCTION(I32, P, erp_str, erp_str, U64, c.POINTER(U64), Error), erase=FUNCTION(I32, P, erp_str, Error))

lent = []  # what the plugin has a pointer to must live as long as it may look


def text(words):
    data = words if isinstance(words, bytes) else words.encode()
    lent.append(c.create_string_buffer(data, len(data) or 1))
    return erp_str(c.addressof(lent[-1]), len(data))


def read(string):
    return c.string_at(string.ptr, string.len) if string.ptr else b""


def filled(kind, **members):
    return kind(struct_size=c.sizeof(kind), **members)


def write(sink, data):
    return sink.contents.write(sink.contents.ctx, data, len(data))


def now(_host=None):
    return time.time_ns() // 1000


def services(settings):
    secrets = {}

    def get(_host, key, out, version, _error):
        if read(key) not in secrets:
            return NOT_FOUND
        version[0] = 1
        return write(out, secrets[read(key)])

    def put(_host, key, value, if_version, version, _error):
        if if_version != (1 if read(key) in secrets else 0):
            return CONFLICT
        secrets[read(key)] = read(value)
        if version:
            version[0] = 1
        return OK

    def erase(_host, key, _error):
        secrets.pop(read(key), None)
        return OK

    def table(kind, *functions):
        return kind(*(field[1](function) for field, function in zip(kind._fields_, functions)))

    return {
        b"erp.clock/1": table(erp_clock_v1, now, lambda _host: time.monotonic_ns() // 1000),
        b"erp.schedule/1": table(erp_schedule_v1, lambda _host, _job, _due_at, _error: OK),  # this host runs no job
        b"erp.settings-host/1": table(erp_settings_host_v1, lambda _host, out, _error: write(out, settings)),
        b"erp.secrets/1": table(erp_secrets_v1, get, put, erase),
    }


class Failed(Exception):
    pass


def must(status, error):
    if status < 0:
        raise Failed(c.string_at(c.addressof(error) + erp_error.message.offset, error.message_len).decode())
    return status


class Instance:
    """One company's instance of a plugin, from create to destroy."""

    def __init__(self, library, settings, folder):
        offered = services(settings)
        entry = c.CDLL(library).erp_plugin_entry_v1
        entry.restype = c.POINTER(erp_plugin)
        self.host = filled(erp_host, name=text("python_host"), version=text("1"))
        self.host.get_service = FUNCTION(P, P, c.c_char_p)(lambda _host, id: c.addressof(offered[id]) if id in offered else None)
        self.error = erp_error()
        found = entry(c.byref(self.host), c.byref(self.error))
        if not found:
            must(-1, self.error)
        self.plugin, self.self, self.offered = found.contents, P(), offered
        config = filled(erp_instance_config, instance_id=text("1"), company_name=text("Example Works"),
                        environment=text("test"), data_dir=text(folder))
        self.call(self.plugin.create, c.byref(self.host), None, c.byref(config), c.byref(self.self))
        self.call(self.plugin.activate, self.self)

    def call(self, function, *arguments):
        return must(function(*arguments, c.byref(self.error)), self.error)

    def table(self, kind, id):
        return c.cast(self.plugin.get_interface(self.self, id), c.POINTER(kind)).contents

    def tell_order(self, event_id, order):  # the same id means the same event, to the microsecond
        event = filled(erp_event, attempt=1, sequence=1, event_id=text(event_id),
                       occurred_at=1_795_168_800_000_000, actor=text("buyer"))
        return self.call(self.table(erp_procurement_v1, b"erp.procurement/1").onPoOrdered, self.self, c.byref(event), c.byref(order))

    def command(self, *words):
        said = []
        sink = erp_sink(None, Write(lambda _ctx, data, size: said.append(c.string_at(data, size)) or OK))
        list_of_words = (erp_str * len(words))(*map(text, words))
        call = filled(erp_command_call, word_count=len(words), words=list_of_words, actor=text("buyer"), deadline=now() + 5_000_000)
        self.call(self.table(erp_command_v1, b"erp.command/1").run, self.self, c.byref(call), c.byref(sink))
        return b"".join(said).decode()

    def end(self):
        self.call(self.plugin.stop, self.self, now() + 5_000_000)
        self.plugin.deactivate(self.self)
        self.plugin.destroy(self.self)


def order_of(supplier):
    fee = filled(erp_fee, id=text("f1"), name=text("Shipping"), amount=erp_money(erp_decimal(15, 0), b"USD"))
    lent.append(fee)
    return filled(erp_purchase_order, status=1, id=text("1042"), number=text("1042"), version=1, currency=b"USD",
                  exchange_rate=erp_decimal(1, 0), supplier=supplier and c.pointer(supplier),
                  fees=(c.POINTER(erp_fee) * 1)(c.pointer(fee)), fee_count=1)


def main(library, settings_file, folder):
    with open(settings_file, "rb") as file:
        instance = Instance(library, file.read(), folder)
    hicks = filled(erp_supplier, currency=b"USD", id=text("S-7"), name=text("Hicks Hardware"))
    print("an order:", instance.tell_order("e-1", order_of(hicks)))
    print("the same event again:", instance.tell_order("e-1", order_of(hicks)))
    try:
        instance.tell_order("e-2", order_of(None))
    except Failed as words:
        print("an order without a supplier:", words)
    print(instance.command("outbox", "list"))
    instance.end()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
