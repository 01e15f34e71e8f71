#!/usr/bin/env python3
"""python_host.py PLUGIN.so SETTINGS.json EMPTY_FOLDER: a host in Python, with its standard library alone.

It makes an instance of the plugin, tells it a purchase order twice, and then one that breaks the contract.
"""
import ctypes as c
import sys
import time

KINDS = {"u1": c.c_uint8, "u2": c.c_uint16, "i4": c.c_int32, "u4": c.c_uint32, "i8": c.c_int64, "u8": c.c_uint64,
         "ptr": c.c_void_p, "id": c.c_char_p, "code": c.c_char * 4, "words": c.c_char * 496, "none": None}
kept = []  # what the plugin has a pointer to must live as long as it may look


def kind_of(word):  # "u4", or a function: "ptr,i8->i4"
    if "->" not in word:
        return KINDS[word]
    *taken, returned = (KINDS[one] for one in word.replace("->", ",").split(","))
    return c.CFUNCTYPE(returned, *taken)


def struct(name, members):
    KINDS[name] = type(name, (c.Structure,), {"_fields_": [(m.split(":")[0], kind_of(m.split(":")[1])) for m in members.split()]})
    return KINDS[name]


# As in plugin_api/include, up to the last member that is used.
erp_str = struct("erp_str", "ptr:ptr len:u8")
erp_decimal = struct("erp_decimal", "coefficient:i8 scale:i4 reserved:u4")
erp_date = struct("erp_date", "year:i4 month:u1 day:u1 reserved:u2")
erp_error = struct("erp_error", "detail:i4 retry_after_ms:u4 message_len:u4 reserved:u4 message:words")
erp_sink = struct("erp_sink", "ctx:ptr write:ptr,id,u8->i4")
erp_event = struct("erp_event", "struct_size:u4 attempt:u4 sequence:u8 event_id:erp_str occurred_at:i8 actor:erp_str")
erp_supplier = struct("erp_supplier", "struct_size:u4 currency:code id:erp_str name:erp_str email:erp_str address:ptr")
erp_purchase_order = struct("erp_purchase_order", """struct_size:u4 status:i4 id:erp_str number:erp_str version:i8 currency:code reserved:u4
    exchange_rate:erp_decimal ordered_on:erp_date due_on:erp_date memo:erp_str reference:erp_str supplier:ptr ship_to:ptr
    lines:ptr line_count:u8 fees:ptr fee_count:u8""")
erp_host = struct("erp_host", "struct_size:u4 abi_minor:u4 name:erp_str version:erp_str get_service:ptr,id->ptr")
erp_instance_config = struct("erp_instance_config", """struct_size:u4 reserved:u4 instance_id:erp_str company_name:erp_str
    environment:erp_str data_dir:erp_str""")
erp_plugin = struct("erp_plugin", """struct_size:u4 abi_minor:u4 min_host_minor:u4 reserved:u4 id:erp_str name:erp_str version:erp_str
    create:ptr,ptr,ptr,ptr,ptr->i4 activate:ptr,ptr->i4 stop:ptr,i8,ptr->i4 deactivate:ptr->none destroy:ptr->none get_interface:ptr,id->ptr""")
erp_procurement_v1 = struct("erp_procurement_v1", "onPartSaved:ptr onPoOrdered:ptr,ptr,ptr,ptr->i4 onPoReceived:ptr")


def lend(value):
    kept.append(value)
    return c.addressof(value)


def text(words):
    return erp_str(lend(c.create_string_buffer(words.encode())), len(words.encode()))


def filled(kind, **members):
    return lend(kind(struct_size=c.sizeof(kind), **members))


def service(*functions):  # a table of them: signature, function, signature, function...
    kept.extend(made := [kind_of(signature)(function) for signature, function in zip(functions[::2], functions[1::2])])
    return lend((c.c_void_p * len(made))(*(c.cast(one, c.c_void_p) for one in made)))


def write(out, data):
    sink = erp_sink.from_address(out)
    return sink.write(sink.ctx, data, len(data))


def main(library, settings_file, folder):
    settings, vault, error, instance = open(settings_file, "rb").read(), {}, erp_error(), c.c_void_p()
    name, now = lambda key: c.string_at(key.ptr, key.len), lambda _host=None: time.time_ns() // 1000

    def get(_host, key, out, version, _error):
        c.c_uint64.from_address(version).value = 1
        return write(out, vault[name(key)]) if name(key) in vault else -4

    offered = {
        b"erp.clock/1": service("ptr->i8", now, "ptr->i8", now),
        b"erp.schedule/1": service("ptr,erp_str,i8,ptr->i4", lambda *_: 0),  # this host runs no job
        b"erp.settings-host/1": service("ptr,ptr,ptr->i4", lambda _host, out, _error: write(out, settings)),
        b"erp.secrets/1": service(  # keeps what it is given; -4 is ERP_E_NOT_FOUND
            "ptr,erp_str,ptr,ptr,ptr->i4", get,
            "ptr,erp_str,erp_str,u8,ptr,ptr->i4", lambda _h, key, value, *_: vault.update({name(key): name(value)}) or 0,
            "ptr,erp_str,ptr->i4", lambda *_: 0)}
    host = filled(erp_host, name=text("python_host"), get_service=kind_of("ptr,id->ptr")(lambda _host, id: offered.get(id)))
    entry = kind_of("ptr,ptr->ptr")(("erp_plugin_entry_v1", c.CDLL(library)))
    plugin = erp_plugin.from_address(entry(host, lend(error)))

    def call(what, function, *arguments):
        status = function(*arguments, c.addressof(error))
        print(what, status if status >= 0 else error.message[:error.message_len].decode())

    def tell(what, event_id, supplier):
        event = filled(erp_event, attempt=1, sequence=1, event_id=text(event_id), occurred_at=1_795_168_800_000_000)
        call(what, hooks.onPoOrdered, instance, event, filled(
            erp_purchase_order, status=1, id=text("1042"), number=text("1042"), version=1, currency=b"USD",
            exchange_rate=erp_decimal(1, 0), supplier=supplier))

    config = filled(erp_instance_config, instance_id=text("1"), company_name=text("Example Works"), data_dir=text(folder))
    call("create:", plugin.create, host, None, config, c.addressof(instance))
    call("activate:", plugin.activate, instance)
    hooks = erp_procurement_v1.from_address(plugin.get_interface(instance, b"erp.procurement/1"))
    hicks = filled(erp_supplier, currency=b"USD", id=text("S-7"), name=text("Hicks Hardware"))
    tell("an order:", "e-1", hicks)
    tell("the same event again:", "e-1", hicks)
    tell("an order without a supplier:", "e-2", None)
    call("stop:", plugin.stop, instance, now() + 5_000_000)
    plugin.deactivate(instance)
    plugin.destroy(instance)


if __name__ == "__main__":
    main(*sys.argv[1:]) if len(sys.argv) == 4 else sys.exit(__doc__)
